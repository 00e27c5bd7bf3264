// 行文: who may write what to whom; 《党政机关公文处理工作条例》第四章.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "lint/letters.h"
#include "lint/parts.h"
#include "lint/rules.h"

namespace huice::lint {
namespace {

constexpr const char* kUpwards = "《党政机关公文处理工作条例》第十五条（一）";

constexpr Rule kOneAddressee{"upward-one-addressee", Strength::Must, kUpwards,
                             "请示、报告原则上主送一个上级机关", false};
constexpr Rule kCopiesDown{"upward-copies-down", Strength::Must, kUpwards,
                           "请示、报告不抄送下级机关", false};
constexpr Rule kSigner{"upward-signer", Strength::Must,
                       "《党政机关公文处理工作条例》第九条（六）；GB/T 9704—2012 7.2.6",
                       "上行文标注签发人姓名", false};
constexpr Rule kNoSigner{"signer-not-upward", Strength::Should, "GB/T 9704—2012 7.2.6",
                         "只有上行文标注签发人", false};
constexpr Rule kOneMatter{"request-one-matter", Strength::Must,
                          "《党政机关公文处理工作条例》第十五条（四）", "请示一文一事", false};
constexpr Rule kClosing{"request-closing", Strength::Should, "公文写作惯例",
                        "请示末尾提出请求：“妥否，请批示”", false};
constexpr Rule kCarries{"report-carries-request", Strength::Must,
                        "《党政机关公文处理工作条例》第十五条（四）",
                        "报告等非请示性公文不夹带请示事项", false};
constexpr Rule kPerson{"addressed-to-person", Strength::Must,
                       "《党政机关公文处理工作条例》第十五条（五）",
                       "不以本机关名义向上级机关负责人报送公文", false};
constexpr Rule kCommands{"department-commands", Strength::Must,
                         "《党政机关公文处理工作条例》第十六条（二）",
                         "部门不向下级党委、政府发布指令性公文；经政府同意的须注明", false};
constexpr Rule kInner{"inner-office", Strength::Must, "《党政机关公文处理工作条例》第十七条",
                      "部门内设机构除办公厅（室）外不对外正式行文", false};
constexpr const Rule* kRules[] = {&kOneAddressee, &kCopiesDown, &kSigner, &kNoSigner, &kOneMatter,
                                  &kClosing,      &kCarries,    &kPerson, &kCommands, &kInner};

bool is_upward(const Draft& draft) {
  return draft.genre == U"请示" || draft.genre == U"报告";
}

/// The first of `words` in the text of the document itself.
struct Place {
  const Paragraph* paragraph = nullptr;
  std::size_t at = 0;
  std::u32string_view word;
};
std::vector<Place> places(const Draft& draft, std::span<const std::u32string_view> words) {
  std::vector<Place> found;
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (paragraph.role != Role::Body || paragraph.part != 0) continue;
    for (const std::u32string_view word : words) {
      for (auto at = paragraph.text.find(word); at != std::u32string::npos;
           at = paragraph.text.find(word, at + word.size())) {
        found.push_back({&paragraph, at, word});
      }
    }
  }
  return found;
}

void check_addressees(const Draft& draft, Report& report) {
  const Paragraph* addressee = draft.first(Role::Addressee);
  if (addressee == nullptr) return;
  const std::u32string_view names =
      std::u32string_view(addressee->text).substr(0, addressee->text.size() - 1);
  const auto mark = names.find_first_of(U"，、,；");
  // 县委、县政府 is one way to write to both: two all the same.
  if (mark != names.npos) {
    report.add(
        kOneAddressee, *addressee,
        {.at = mark,
         .message = encode_utf8(draft.genre) + "主送了不止一个机关",
         .proposal = "主送 " + encode_utf8(names.substr(0, mark)) + "，其他相关上级机关用抄送"});
  }
  static const std::vector<std::u32string_view> kPersons = {
      U"书记", U"省长", U"市长", U"县长", U"区长", U"乡长", U"镇长",
      U"局长", U"厅长", U"部长", U"主任", U"同志", U"主席", U"总理"};
  const std::u32string_view person = ending_of(names, kPersons);
  if (!person.empty()) {
    report.add(kPerson, *addressee,
               {.at = names.size() - person.size(),
                .message = "主送了负责人个人：" + in_quotes(names),
                .proposal = "主送上级机关"});
  }
}

void check_copies(const Draft& draft, Report& report) {
  static constexpr std::u32string_view kBelow[] = {
      U"各乡镇", U"各乡", U"各镇",     U"各街道",   U"各县",     U"各区",  U"各股室",
      U"各科室", U"各村", U"下属单位", U"所属单位", U"直属单位", U"各直属"};
  for (const Paragraph* copies : draft.all(Role::Copies)) {
    for (const std::u32string_view below : kBelow) {
      const auto at = copies->text.find(below);
      if (at == std::u32string::npos) continue;
      report.add(kCopiesDown, *copies,
                 {.at = at,
                  .message = encode_utf8(draft.genre) + "抄送了下级机关：" + in_quotes(below),
                  .proposal = "删去这一抄送机关"});
      break;
    }
  }
}

void check_signer(const Draft& draft, Report& report) {
  const Paragraph* head = draft.first(Role::Letterhead);
  const Paragraph* number = draft.first(Role::Number);
  const Paragraph* signer = draft.first(Role::Signer);
  const bool beside_number = number != nullptr && holds(number->text, U"签发人");
  const bool signs = signer != nullptr || beside_number;
  if (is_upward(draft) && !signs && head != nullptr) {
    report.add(kSigner, number == nullptr ? *head : *number,
               {.message = "上行文没有签发人",
                .proposal = "与发文字号同一行，居右空一字写“签发人：姓名”"});
  }
  // 意见 may go up, and 函 beside: only what goes down is certain.
  static const std::vector<std::u32string_view> kDown = {U"通知", U"通报", U"批复", U"决定",
                                                         U"公告", U"通告", U"令"};
  if (!signs || ending_of(draft.genre, kDown).empty()) return;
  report.add(kNoSigner, signer == nullptr ? *number : *signer,
             {.message = encode_utf8(draft.genre) + "标了签发人", .proposal = "删去签发人"});
}

void check_request(const Draft& draft, Report& report) {
  static constexpr std::u32string_view kClosings[] = {
      U"请批示",   U"请批复", U"请审批", U"请审示",   U"请予批准", U"请予批复", U"请予审批",
      U"请予审定", U"请审定", U"请核准", U"请予支持", U"请指示",   U"恳请批准"};
  const auto found = places(draft, kClosings);
  const Paragraph* title = draft.first(Role::Title);
  if (found.empty()) {
    report.add(kClosing, *title,
               {.message = "请示没有提出请求的结尾", .proposal = "妥否，请批示。"});
  } else if (found.size() > 1 && found.front().paragraph != found.back().paragraph) {
    report.add(kOneMatter, *found.back().paragraph,
               {.at = found.back().at,
                .message = "请示里有不止一处请求批准，可能不是一文一事",
                .proposal = "一件事一份请示"});
  }
}

void check_report(const Draft& draft, Report& report) {
  static constexpr std::u32string_view kRequests[] = {
      U"请批示",   U"请批复",   U"请审批",   U"请予批准", U"请予批复",    U"请予审批",
      U"请予拨付", U"请予解决", U"恳请批准", U"妥否",     U"请予安排资金"};
  for (const Place& place : places(draft, kRequests)) {
    report.add(kCarries, *place.paragraph,
               {.at = place.at,
                .message = "报告里夹带了请示：" + in_quotes(place.word),
                .proposal = "请示事项另行“请示”；报告结尾用“特此报告”"});
  }
}

/// 局, 厅, 委员会 of a government; not its office, not its party committee.
bool is_department(std::u32string_view name) {
  static const std::vector<std::u32string_view> kEndings = {U"局", U"厅", U"部", U"委员会",
                                                            U"总局"};
  if (holds(name, U"中共") || holds(name, U"常务委员会") || holds(name, U"国务院")) return false;
  if (name.ends_with(U"办公厅")) return false;
  return !ending_of(name, kEndings).empty();
}

/// What a department must not order about: governments and party committees below.
std::size_t government_below(std::u32string_view addressee) {
  static constexpr std::u32string_view kBelow[] = {U"各乡镇人民政府",
                                                   U"各乡（镇）人民政府",
                                                   U"各乡镇政府",
                                                   U"各乡镇党委",
                                                   U"乡镇党委、政府",
                                                   U"各县人民政府",
                                                   U"各县（市、区）人民政府",
                                                   U"各县（市）人民政府",
                                                   U"各市、县人民政府",
                                                   U"各县区人民政府",
                                                   U"各市人民政府",
                                                   U"各市州人民政府"};
  for (const std::u32string_view each : kBelow) {
    const auto at = addressee.find(each);
    if (at != addressee.npos) return at;
  }
  return addressee.npos;
}

void check_departments(const Draft& draft, Report& report) {
  const Paragraph* addressee = draft.first(Role::Addressee);
  static const std::vector<std::u32string_view> kOrders = {U"通知", U"决定", U"命令", U"意见",
                                                           U"通报"};
  if (addressee == nullptr || ending_of(draft.genre, kOrders).empty()) return;
  const auto at = government_below(addressee->text);
  if (at == std::u32string::npos || !is_department(draft.issuer)) return;
  static constexpr std::u32string_view kLeave[] = {U"同意", U"授权", U"批准"};
  const auto leave = places(draft, kLeave);
  const bool agreed = std::ranges::any_of(leave, [](const Place& place) {
    constexpr std::size_t kReach = 30;
    const std::size_t begin = place.at > kReach ? place.at - kReach : 0;
    const auto words = std::u32string_view(place.paragraph->text).substr(begin, place.at - begin);
    return holds(words, U"经") || holds(words, U"报");
  });
  if (agreed) return;
  report.add(kCommands, *addressee,
             {.at = at,
              .message = "部门" + in_quotes(draft.issuer) + "向下级政府发" + encode_utf8(draft.genre),
              .proposal = "主送对口部门；经政府同意的，在文中注明“经…同意”；商洽用“函”"});
}

void check_inner_office(const Draft& draft, Report& report) {
  static const std::vector<std::u32string_view> kInnerEndings = {U"科", U"股", U"科室", U"股室"};
  const Paragraph* number = draft.first(Role::Number);
  if (number == nullptr || ending_of(draft.issuer, kInnerEndings).empty()) return;
  report.add(kInner, *number,
             {.message = "内设机构" + in_quotes(draft.issuer) + "对外正式行文",
              .proposal = "以所在部门的名义行文"});
}

void check_direction(const Draft& draft, Report& report) {
  if (draft.kind != Kind::Official || draft.first(Role::Title) == nullptr) return;
  if (is_upward(draft)) {
    check_addressees(draft, report);
    check_copies(draft, report);
  }
  check_signer(draft, report);
  if (draft.genre == U"请示") check_request(draft, report);
  if (draft.genre == U"报告") check_report(draft, report);
  check_departments(draft, report);
  check_inner_office(draft, report);
}

}  // namespace

Family direction_family() {
  return {"文种和行文", kRules, check_direction};
}

}  // namespace huice::lint
