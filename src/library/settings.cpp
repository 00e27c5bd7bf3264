#include "library/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/files.h"
#include "base/utf8.h"
#include "library/sha256.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view mark) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(mark);
    const auto part = text::trimmed(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + mark.size());
  }
}

/// Hundredths; more would say that a field is all there is.
constexpr int kMostWeight = 2'000;

/// Reads the files one by one and gathers what is wrong in them.
class SettingsReader {
 public:
  explicit SettingsReader(const std::filesystem::path& folder) : folder_(folder) {}

  /// Calls `take(line)` for each entry; it returns what the line should have been, or nothing.
  template <class Take>
  void read(const char* name, Take take) {
    const auto path = folder_ / name;
    const auto bytes = read_file(path);
    if (!bytes) {
      findings_.push_back(bytes.error());
      return;
    }
    hashes_ += sha256(bytes.value());
    std::string_view rest = bytes.value();
    for (int number = 1; !rest.empty(); ++number) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const auto line = text::trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty() || line.starts_with('#')) continue;
      const std::string_view wanted = take(line);
      if (wanted.empty()) continue;
      findings_.push_back(
          {.code = ErrorCode::InvalidInput,
           .id = "index.syntax",
           .message = "应形如“" + std::string(wanted) + "”，实为“" + std::string(line) + "”",
           .where = {.file = path.string(), .line = number},
           .hint = "格式见 index/README.md",
           .excerpt = std::string(line)});
    }
  }

  Findings take_findings() { return std::move(findings_); }
  std::string fingerprint() const { return sha256(hashes_); }

 private:
  std::filesystem::path folder_;
  Findings findings_;
  std::string hashes_;
};

/// `name weight`.
std::optional<std::pair<std::string, int>> weight_in(std::string_view line) {
  auto words = split(line, " ");
  int weight = 0;
  if (words.size() != 2) return std::nullopt;
  const char* end = words[1].data() + words[1].size();
  const auto parsed = std::from_chars(words[1].data(), end, weight);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  if (weight < 0 || weight > kMostWeight) return std::nullopt;
  return std::pair(std::move(words[0]), weight);
}

std::string_view take_weight(IndexSettings& settings, std::string_view line) {
  const auto entry = weight_in(line);
  if (!entry) return "title 200";
  settings.weights[entry->first] = entry->second;
  return {};
}

std::string_view take_authority(IndexSettings& settings, std::string_view line) {
  constexpr std::string_view kForm = "中华人民共和国…法 120";
  constexpr std::string_view kBetween = "…";
  const auto entry = weight_in(line);
  const auto between = entry ? entry->first.find(kBetween) : std::string::npos;
  if (between == std::string::npos || entry->second == 0) return kForm;
  settings.authority.push_back({entry->first.substr(0, between),
                                entry->first.substr(between + kBetween.size()), entry->second});
  return {};
}

std::string_view take_reading(IndexSettings& settings, std::string_view line) {
  const auto words = split(line, " ");
  const std::u32string letter = words.empty() ? U"" : decode_utf8(words.front());
  if (words.size() < 3 || letter.size() != 1) return "重 chong zhong";
  settings.readings[letter.front()] = {words.begin() + 1, words.end()};
  return {};
}

std::string_view take_regions(IndexSettings& settings, std::string_view line) {
  constexpr std::string_view kForm = "湖南省/邵阳市: 双清区 新邵县";
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return kForm;
  const auto parent_names = split(line.substr(0, colon), "=");
  const std::string& path = parent_names.front();
  if (path.find('/') == std::string::npos) settings.regions.push_back({parent_names, path});
  for (const std::string& child : split(line.substr(colon + 1), " ")) {
    const auto names = split(child, "=");
    if (!names.empty()) settings.regions.push_back({names, path + "/" + names.front()});
  }
  return {};
}

/// Names of one letter (湘) belong to agency codes, not to the start of a name.
constexpr std::size_t kLeastNameBytes = 6;

struct Place {
  std::string_view name;
  const Region* region = nullptr;
};

/// The longest name that starts `text`, of a place below `path` (or of any, where path is empty).
Place known_place(const IndexSettings& settings, std::string_view text, std::string_view path) {
  Place best;
  for (const Region& region : settings.regions) {
    const bool below =
        path.empty() || (region.path.starts_with(path) && region.path.size() > path.size() &&
                         region.path[path.size()] == '/');
    if (!below) continue;
    for (const std::string& name : region.names) {
      const bool longer = name.size() > best.name.size() && name.size() >= kLeastNameBytes;
      if (longer && text.starts_with(name)) best = {name, &region};
    }
  }
  return best;
}

/// 云岭县, 平顶山市: two to five letters of which the last says what it is.
std::string_view unknown_place(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kNotPlaces = {"全市", "全县", "全区", "全省",
                                                                  "我市", "我县", "本市", "本省",
                                                                  "本县", "各市", "各县", "各区"};
  if (std::ranges::any_of(kNotPlaces, [&](auto word) { return text.starts_with(word); })) return {};
  constexpr std::string_view kAutonomous = "自治县";
  constexpr std::size_t kMostAutonomousBytes = 12 * 3;
  const auto autonomous = text.find(kAutonomous);
  if (autonomous < kMostAutonomousBytes && text.find("关于") > autonomous)
    return text.substr(0, autonomous + kAutonomous.size());
  constexpr std::u32string_view kEndings = U"省市州盟县区旗";
  constexpr std::u32string_view kNever = U"关于的和与、，为各级发园新局部厅委办";
  constexpr std::size_t kMostLetters = 5;
  std::size_t size = 0;
  for (std::size_t letters = 0; letters < kMostLetters && size < text.size(); ++letters) {
    const auto next = first_code_point(text.substr(size));
    if (!next || !text::is_han(next->value)) return {};
    size += next->size;
    const bool ending = kEndings.find(next->value) != std::u32string_view::npos;
    const auto after = first_code_point(text.substr(size));
    // 云州 is not all of 云州市.
    const bool goes_on = after && kEndings.find(after->value) != std::u32string_view::npos;
    if (letters > 0 && ending && !goes_on) return text.substr(0, size);
    // 新 may begin a county's name; after that it and its like are parts of other words.
    if (letters > 0 && kNever.find(next->value) != std::u32string_view::npos) return {};
  }
  return {};
}

bool is_central(std::string_view name) {
  static constexpr std::array<std::string_view, 20> kCentral = {
      "国务院",         "中共中央",         "中央",       "国家",
      "全国",           "财政部",           "税务总局",   "科技部",
      "商务部",         "教育部",           "农业农村部", "工业和信息化部",
      "人力资源",       "住房和城乡建设部", "自然资源部", "中国人民银行",
      "中华人民共和国", "海关总署",         "生态环境部", "市场监管总局"};
  return std::ranges::any_of(kCentral, [&](auto start) { return name.starts_with(start); });
}

/// The places that a name begins with.
struct Start {
  std::string path;
  std::size_t bytes = 0;  ///< of the name
};

Start start_of(const IndexSettings& settings, std::string_view name) {
  Start start;
  while (true) {
    const Place place = known_place(settings, name.substr(start.bytes), start.path);
    if (place.region == nullptr) break;
    start.path = place.region->path;
    start.bytes += place.name.size();
  }
  const std::string_view unknown = unknown_place(name.substr(start.bytes));
  if (!unknown.empty()) {
    start.path += (start.path.empty() ? "" : "/") + std::string(unknown);
    start.bytes += unknown.size();
  }
  return start;
}

}  // namespace

int IndexSettings::weight(std::string_view field) const {
  const auto found = weights.find(field);
  constexpr int kPlain = 100;
  return found == weights.end() ? kPlain : found->second;
}

Result<IndexSettings> load_index_settings(const std::filesystem::path& folder) {
  IndexSettings settings;
  SettingsReader reader(folder);
  reader.read("fields.txt", [&](auto line) { return take_weight(settings, line); });
  reader.read("authority.txt", [&](auto line) { return take_authority(settings, line); });
  reader.read("lexicon.txt", [&](auto line) {
    settings.lexicon.emplace_back(line);
    return std::string_view();
  });
  reader.read("stopwords.txt", [&](auto line) {
    settings.stopwords.insert(text::fold(line));
    return std::string_view();
  });
  reader.read("synonyms.txt", [&](auto line) {
    settings.synonyms.push_back(split(text::fold(line), "="));
    return settings.synonyms.back().size() < 2 ? std::string_view("词 = 同义词") : "";
  });
  reader.read("regions.txt", [&](auto line) { return take_regions(settings, line); });
  reader.read("issuers.txt", [&](auto line) {
    const auto words = split(line, " ");
    if (words.size() != 2) return std::string_view("国办发 国务院办公厅");
    settings.issuers[words[0]] = words[1];
    return std::string_view();
  });
  reader.read("pinyin.txt", [&](auto line) { return take_reading(settings, line); });
  reader.read("genres.txt", [&](auto line) {
    settings.genres.emplace_back(line);
    return std::string_view();
  });
  std::ranges::stable_sort(settings.genres, std::ranges::greater{}, &std::string::size);
  settings.fingerprint = reader.fingerprint();
  Findings findings = reader.take_findings();
  if (!findings.empty()) return as_error(std::move(findings));
  return settings;
}

std::string region_at_start(const IndexSettings& settings, std::string_view name) {
  // Tax offices of counties bear the name of the central one first.
  constexpr std::string_view kTax = "国家税务总局";
  if (name.starts_with(kTax) && name.size() > kTax.size()) {
    std::string place = region_at_start(settings, name.substr(kTax.size()));
    if (!place.empty()) return place;
  }
  std::string path = start_of(settings, name).path;
  return path.empty() && is_central(name) ? "全国" : path;
}

std::string_view without_region(const IndexSettings& settings, std::string_view name) {
  return name.substr(start_of(settings, name).bytes);
}

int authority_of(const IndexSettings& settings, std::string_view title) {
  for (const auto& [open, close] : {std::pair("（", "）"), std::pair("(", ")")}) {
    const auto bracket = title.rfind(open);
    if (title.ends_with(close) && bracket != std::string_view::npos && bracket > 0) {
      title = text::trimmed(title.substr(0, bracket));
    }
  }
  for (const TitleForm& form : settings.authority) {
    const bool fits = title.size() >= form.start.size() + form.end.size() &&
                      title.starts_with(form.start) && title.ends_with(form.end);
    if (fits) return form.weight;
  }
  constexpr int kPlain = 100;
  return kPlain;
}

std::string region_name(const IndexSettings& settings, std::string_view name) {
  for (const Region& region : settings.regions) {
    if (std::ranges::find(region.names, name) != region.names.end()) return region.names.front();
  }
  return std::string(name);
}

}  // namespace huice::library
