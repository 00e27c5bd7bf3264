// The sample county's campaign through its year, from an empty database: notice, ledger, three
// monthly bulletins, assessment, ranking; every file opened by somebody else's program.
#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "command.h"
#include "notation/json.h"
#include "notation/yaml.h"

namespace huice::e2e {
namespace {

using model::Value;

const std::string kCampaign = "yunling-2026-relief";

/// The sample ledger as a year brings it: one event after the other, by day.
Value::List events_of_the_year() {
  const auto ledger = notation::read_yaml_file(HUICE_SOURCE_DIR "/samples/campaign/ledger.yaml");
  if (!ledger.has_value()) {
    ADD_FAILURE() << ledger.error().message;
    return {};
  }
  Value::List entries;
  for (const Value& problem : *ledger.value().find("problems")->list()) {
    const std::string id = *problem.find("id")->text();
    for (const Value& event : *problem.find("events")->list()) {
      Value::Record entry = *event.record();
      Value subject(id);
      if (*event.find("event")->text() == "登记") {
        Value::Record particulars = *problem.record();
        std::erase_if(particulars, [](const auto& field) { return field.first == "events"; });
        subject = Value(std::move(particulars));
      }
      entry.emplace_back("problem", std::move(subject));
      entries.emplace_back(std::move(entry));
    }
  }
  std::ranges::stable_sort(entries, {},
                           [](const Value& entry) { return *entry.find("on")->day(); });
  return entries;
}

std::string without_blanks(const std::string& pdf) {
  return shell("pdftotext '" + pdf + "' - | tr -d ' \\n\\f\\r'").out;
}

class Year : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("pdftotext") || !is_installed("qpdf")) {
      GTEST_SKIP() << "poppler-utils or qpdf is not installed";
    }
  }

  std::string file(const std::string& name) const { return (scratch_ / name).string(); }

  /// Runs a command on the database and expects it to be done.
  std::string done(const std::string& command) const {
    const auto ran = huice(command + " --database '" + file("x.db") + "'");
    EXPECT_EQ(ran.status, 0) << command << "\n" << ran.out << ran.err;
    return ran.out;
  }

  /// The text of a PDF made by `command`, checked by qpdf.
  std::string pdf(const std::string& command, const std::string& name) const {
    done(command + " --out '" + file(name) + "'");
    EXPECT_EQ(shell("qpdf --check '" + file(name) + "'").status, 0) << name;
    return without_blanks(file(name));
  }

  void begin() const {
    shell("cp -r samples/campaign '" + file("campaign") + "'");
    std::ofstream(scratch_ / "campaign/ledger.yaml") << "problems: []\n";
    done("db init");
    done("campaign import '" + file("campaign") + "'");
  }

  /// What is recorded until `day` (inclusive), of the events not recorded yet.
  int record_until(const std::string& day) {
    Value::List due;
    for (; next_ < events_.size(); ++next_) {
      if (*events_[next_].find("on")->day() > Date::parse(day)) break;
      due.push_back(events_[next_]);
    }
    const int count = static_cast<int>(due.size());
    std::ofstream(scratch_ / "events.json") << notation::write_json(Value(std::move(due)));
    const auto said = done("ledger record " + kCampaign + " --from '" + file("events.json") + "'");
    EXPECT_EQ(std::ranges::count(said, '\n'), count);
    return count;
  }

  /// How many formulas of a workbook LibreOffice works out to their cached values, or not to.
  std::string recalculated(const std::string& name) const {
    const auto ran = shell("/usr/bin/python3 tests/e2e/recalculated.py '" + file(name) + "' '" +
                           scratch_.path().string() + "'");
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }

 private:
  Scratch scratch_;
  Value::List events_ = events_of_the_year();
  std::size_t next_ = 0;
};

TEST_F(Year, RunsFromTheNoticeToTheRanking) {
  begin();
  const auto notice =
      huice("draft notice --data samples/notice/notice.yaml --campaign '" + file("campaign") +
            "' --on 2026-03-02 --out '" + file("notice.pdf") + "'");
  EXPECT_EQ(notice.status, 0) << notice.err;
  EXPECT_NE(without_blanks(file("notice.pdf")).find("专项行动安排表"), std::string::npos);

  // Counted in samples/campaign/ledger.yaml by hand: found, solved and closed so far, then those of
  // the month.
  struct Month {
    const char* period;
    const char* last;
    const char* name;
    const char* so_far;
    const char* in_month;
  };
  const Month months[] = {
      {"2026-05", "2026-05-31", "2026年5月", "累计登记企业问题37个，已经化解23个（其中销号21个）",
       "2026年5月新登记11个，化解15个，销号15个"},
      {"2026-06", "2026-06-30", "2026年6月", "累计登记企业问题44个，已经化解35个（其中销号32个）",
       "2026年6月新登记7个，化解12个，销号11个"},
      {"2026-07", "2026-07-31", "2026年7月", "累计登记企业问题48个，已经化解40个（其中销号35个）",
       "2026年7月新登记4个，化解5个，销号3个"}};
  int recorded = 0;
  for (const Month& month : months) {
    SCOPED_TRACE(month.period);
    recorded += record_until(month.last);
    const auto text =
        pdf("bulletin " + kCampaign + " --period " + month.period + " --on " + month.last,
            std::string(month.period) + ".pdf");
    EXPECT_NE(text.find(std::string("关于") + month.name), std::string::npos) << text;
    EXPECT_NE(text.find(month.so_far), std::string::npos) << text;
    EXPECT_NE(text.find(month.in_month), std::string::npos) << text;
  }
  recorded += record_until("2026-12-31");
  EXPECT_EQ(recorded, 305);

  const auto statistics = notation::read_json(
      done("ledger statistics " + kCampaign + " --on 2026-11-22 --json"), "statistics");
  ASSERT_TRUE(statistics.has_value());
  const Value& all = *statistics.value().find("合计");
  EXPECT_EQ(*all.find("发现")->number(), Decimal(60));  // tests/suite/campaign/county.yaml
  EXPECT_EQ(*all.find("化解")->number(), Decimal(42));
  EXPECT_EQ(*all.find("逾期")->number(), Decimal(3));
  EXPECT_EQ(done("ledger escalate " + kCampaign + " --on 2026-11-22").substr(0, 11), "WT-2026-045");

  const auto ranking = pdf("bulletin " + kCampaign + " --period 2026 --on 2026-12-31", "2026.pdf");
  EXPECT_NE(ranking.find("全年登记企业问题60个，化解42个（其中销号36个），化解率70.0%"),
            std::string::npos)
      << ranking;
  EXPECT_NE(ranking.find("县直责任部门考核结果"), std::string::npos);
  EXPECT_NE(done("db check").find("前后相接"), std::string::npos);
}

TEST_F(Year, EndsWithWorkbooksThatRecomputeToTheirTotals) {
  if (!has_module("openpyxl") || !is_installed("soffice")) {
    GTEST_SKIP() << "python3-openpyxl or LibreOffice is not installed";
  }
  begin();
  record_until("2026-12-31");
  done("ledger " + kCampaign + " --on 2026-11-22 --out '" + file("ledger.xlsx") + "'");
  done("assess " + kCampaign + " --on 2026-11-22 --out '" + file("assessment.xlsx") + "'");
  EXPECT_EQ(recalculated("ledger.xlsx"), "63 formulas, 0 differ\n");
  EXPECT_EQ(recalculated("assessment.xlsx"), "228 formulas, 0 differ\n");
  const auto sheets = pdf("assess " + kCampaign + " --on 2026-11-22", "sheets.pdf");
  EXPECT_NE(sheets.find("县财政局"), std::string::npos);
}

}  // namespace
}  // namespace huice::e2e
