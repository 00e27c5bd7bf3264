// Questions that clerks marked as answered.
#include <gtest/gtest.h>

#include "base/files.h"
#include "library/answer_book.h"
#include "library_fixture.h"

namespace huice::library {
namespace {

const Date kDay = *Date::make(2026, 11, 22);

class AnswersTest : public LibraryFixture {
 protected:
  /// Two documents, of which the second has the words of the question.
  std::vector<std::string> put_two(Library& library) {
    return put(library, {document("兑现办法", "对新增入库单位一次性给予十万元。"),
                         document("会议通知", "会上问到头一回进规能拿多少钱，请各单位准备。")});
  }

  static constexpr const char* kQuestion = "头一回进规能拿多少钱";
};

TEST_F(AnswersTest, AMarkedPassageComesFirstForTheQuestionAndForOnesLikeIt) {
  Library library = open();
  const auto ids = put_two(library);
  EXPECT_EQ(first(library, kQuestion), "会议通知");
  const Marking marking = {kQuestion, ids[0], 1, "张三", kDay};
  ASSERT_TRUE(library.mark({&marking, 1}));
  EXPECT_EQ(first(library, kQuestion), "兑现办法");
  EXPECT_EQ(first(library, "第一次进规能拿多少"), "兑现办法");
}

TEST_F(AnswersTest, TakenBackItCountsNoMoreAndStaysOnRecord) {
  Library library = open();
  const auto ids = put_two(library);
  const Marking marking = {kQuestion, ids[0], 1, "张三", kDay};
  const auto numbers = library.mark({&marking, 1});
  ASSERT_TRUE(numbers);
  ASSERT_TRUE(library.unmark(numbers.value().front(), "李四", kDay));
  EXPECT_EQ(first(library, kQuestion), "会议通知");
  const auto answers = library.answers().value();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].by, "张三");
  EXPECT_EQ(answers[0].removed_by, "李四");
  EXPECT_EQ(answers[0].removed_on, kDay);
  EXPECT_EQ(library.unmark(1, "", kDay).error().id, "library.no-answer");
}

TEST_F(AnswersTest, SurvivesThatTheFileIsAddedAgainWhileThePassageReadsTheSame) {
  const auto write = [&](const std::string& last) {
    EXPECT_TRUE(write_file(
        folder_ / "in" / "a.txt",
        "兑现办法\n\n一、标准\n对新增入库单位一次性给予十万元。\n\n二、附则\n" + last + "\n"));
  };
  Library library = open();
  const std::vector<std::filesystem::path> paths = {folder_ / "in"};
  write("自印发之日起施行。");
  ASSERT_TRUE(library.add(paths));
  const Hits hits = found(library, {.text = "新增入库单位"});
  ASSERT_FALSE(hits.hits.empty());
  const Marking marking = {kQuestion, hits.hits[0].id, hits.hits[0].passage, "张三", kDay};
  ASSERT_TRUE(library.mark({&marking, 1}));
  write("自发布之日起施行。");
  ASSERT_EQ(library.add(paths).value().updated.size(), 1u);
  put(library, {document("会议通知", "会上问到头一回进规能拿多少钱，请各单位准备。")});
  EXPECT_EQ(first(library, kQuestion), "兑现办法");
}

TEST_F(AnswersTest, RefusesWhatItCannotBind) {
  Library library = open();
  const auto ids = put_two(library);
  const Marking beyond = {kQuestion, ids[0], 2, "", kDay};
  EXPECT_EQ(library.mark({&beyond, 1}).error().id, "library.no-passage");
  const Marking nobody = {kQuestion, "999", 1, "", kDay};
  EXPECT_EQ(library.mark({&nobody, 1}).error().id, "library.no-passage");
  const Marking empty = {"", ids[0], 1, "", kDay};
  EXPECT_EQ(library.mark({&empty, 1}).error().id, "library.query");
  const std::vector<Marking> half = {{kQuestion, ids[0], 1, "", kDay}, beyond};
  EXPECT_FALSE(library.mark(half));
  EXPECT_TRUE(library.answers().value().empty());
  EXPECT_EQ(open(Mode::Read).mark({&empty, 0}).error().id, "library.read-only");
}

/// Marks that are kept outside of the library and brought along with the query.
class AnswerBookTest : public AnswersTest {
 protected:
  /// Titles in the order in which they are found, with the questions bound so.
  static std::vector<std::string> with(const Library& library, const std::vector<Answer>& answers,
                                       Query query) {
    const auto book = library.book_of(answers);
    query.answers = book.get();
    return titles(library, query);
  }

  static Answer bound(const Library& library, const std::string& document,
                      const std::string& question = kQuestion, std::size_t passage = 1) {
    const auto answer = library.bind({question, document, passage, "张三", kDay});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer.value();
  }

  static Prepared two_passages(std::string first, std::string second) {
    return {.file = {},
            .circular = {.title = "兑现办法"},
            .passages = {{{}, std::move(first)}, {{}, std::move(second)}}};
  }
};

TEST_F(AnswerBookTest, PutsThePassageFirstForTheQuestionAndForOnesLikeIt) {
  Library library = open();
  const auto ids = put_two(library);
  const std::vector<Answer> answers = {bound(library, ids[0])};
  EXPECT_EQ(with(library, answers, {.text = kQuestion}).front(), "兑现办法");
  EXPECT_EQ(with(library, answers, {.text = "第一次进规能拿多少"}).front(), "兑现办法");
  EXPECT_EQ(with(library, answers, {.text = kQuestion, .typing = true}).front(), "兑现办法");
  EXPECT_EQ(with(library, {}, {.text = kQuestion}).front(), "会议通知");
  EXPECT_EQ(with(library, answers, {.text = "请各单位准备会议"}).front(), "会议通知");
}

TEST_F(AnswerBookTest, LiftsThePassageNoLessThanAnIndexThatHoldsTheQuestion) {
  std::vector<Prepared> documents = {document("兑现办法", "对新增入库单位一次性给予十万元。")};
  for (int i = 0; i < 40; ++i) {
    documents.push_back(document("通知" + std::to_string(i), "请各单位按时报送规上企业材料。"));
  }
  Library library = open();
  const auto ids = put(library, documents);
  const std::vector<Answer> answers = {bound(library, ids[0])};
  const auto book = library.book_of(answers);
  const auto beside = found(library, {.text = kQuestion, .answers = book.get()});
  const Marking marking = {kQuestion, ids[0], 1, "张三", kDay};
  ASSERT_TRUE(library.mark({&marking, 1}));
  const auto within = found(library, {.text = kQuestion});
  ASSERT_EQ(beside.hits.front().id, ids[0]);
  ASSERT_EQ(within.hits.front().id, ids[0]);
  EXPECT_GE(beside.hits.front().score, within.hits.front().score);
  EXPECT_LE(beside.hits.front().score, 2 * within.hits.front().score);
}

TEST_F(AnswerBookTest, FindsWhatNoWordOfThePassageWouldFindAndKeepsToTheFilter) {
  Library library = open();
  const auto ids = put(library, {document("兑现办法", "对新增入库单位一次性给予十万元。")});
  const std::vector<Answer> answers = {bound(library, ids[0], "zwsjb")};
  EXPECT_EQ(with(library, answers, {.text = "zwsjb"}), std::vector<std::string>{"兑现办法"});
  EXPECT_EQ(with(library, answers, {.text = "zwsjb", .typing = true}).size(), 1U);
  EXPECT_TRUE(with(library, answers, {.text = "zwsjb", .genre = "通告"}).empty());
  EXPECT_TRUE(with(library, {}, {.text = "zwsjb"}).empty());
}

TEST_F(AnswerBookTest, TellsWhichQuestionsAPassageAnswers) {
  Library library = open();
  const auto ids = put_two(library);
  const std::vector<Answer> answers = {bound(library, ids[1], "开什么会"), bound(library, ids[0]),
                                       bound(library, ids[0], "奖多少")};
  const auto book = library.book_of(answers);
  const auto hits = found(library, {.text = "新增入库单位", .answers = book.get()});
  EXPECT_EQ(hits.hits.front().answers, (std::vector<std::size_t>{1, 2}));
}

TEST_F(AnswerBookTest, ActsOnNoOtherPassageThanTheOneThatWasMarked) {
  const auto write = [&](const std::string& text) {
    EXPECT_TRUE(write_file(folder_ / "in" / "a.txt", "兑现办法\n\n" + text));
  };
  const std::string marked = "一、标准\n对新增入库单位一次性给予十万元。\n\n";
  write(marked + "二、附则\n自印发之日起施行。\n");
  Library library = open();
  const std::vector<std::filesystem::path> paths = {folder_ / "in"};
  ASSERT_TRUE(library.add(paths));
  const Hits hits = found(library, {.text = "新增入库单位"});
  const Answer answer = bound(library, hits.hits[0].id, "zwsjb", hits.hits[0].passage);
  const auto passages = [&] {
    std::vector<std::string> all;
    const auto book = library.book_of({&answer, 1});
    for (const Hit& hit :
         found(library, {.text = "zwsjb", .passages = true, .answers = book.get()}).hits) {
      EXPECT_EQ(hit.answers.size(), 1U);
      all.push_back(hit.snippet.text);
    }
    return all;
  };
  ASSERT_EQ(passages().size(), 1U);
  // Moved down, it is still the same; changed, it is not, and neither is what stands in its place.
  write("一、说明\n本办法适用于本县的企业。\n\n" + marked + "二、附则\n自印发之日起施行。\n");
  ASSERT_EQ(library.add(paths).value().updated.size(), 1U);
  ASSERT_EQ(passages().size(), 1U);
  EXPECT_NE(passages().front().find("新增入库"), std::string::npos);
  EXPECT_TRUE(library.binds(answer).value());
  write(marked);
  ASSERT_EQ(library.add(paths).value().updated.size(), 1U);
  EXPECT_EQ(passages().size(), 1U);
  write("一、标准\n对新增入库单位一次性给予二十万元。\n\n二、附则\n自印发之日起施行。\n");
  ASSERT_EQ(library.add(paths).value().updated.size(), 1U);
  EXPECT_TRUE(passages().empty());
  EXPECT_FALSE(library.binds(answer).value());
  ASSERT_TRUE(library.remove(answer.document));
  EXPECT_TRUE(passages().empty());
  EXPECT_FALSE(library.binds(answer).value());
}

}  // namespace
}  // namespace huice::library
