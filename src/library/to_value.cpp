// Machine output: reports and answers as plain values.
#include "library/library.h"

namespace huice::library {
namespace {

using model::Value;

Value number(std::size_t count) {
  return Decimal(static_cast<std::int64_t>(count));
}

Value day(const std::optional<Date>& date) {
  return date ? Value(*date) : Value();
}

Value money(const std::optional<Money>& amount) {
  return amount ? Value(amount->to_yuan()) : Value();
}

Value texts(const std::vector<std::string>& list) {
  Value::List values;
  for (const std::string& text : list)
    values.emplace_back(text);
  return values;
}

Value counts(const std::vector<FacetCount>& list) {
  Value::List values;
  for (const FacetCount& facet : list)
    values.emplace_back(Value::Record{{"name", facet.name}, {"count", number(facet.count)}});
  return values;
}

std::string_view name_of(HitReason reason) {
  switch (reason) {
    case HitReason::Number:
      return "number";
    case HitReason::CitesNumber:
      return "cites-number";
    case HitReason::Title:
      return "title";
    case HitReason::CitesTitle:
      return "cites-title";
    case HitReason::Words:
      break;
  }
  return "words";
}

std::string_view name_of(Place place) {
  switch (place) {
    case Place::PageHead:
      return "page-head";
    case Place::Letterhead:
      return "letterhead";
    case Place::Title:
      return "title";
    case Place::Adoption:
      return "adoption";
    case Place::Signature:
      return "signature";
    case Place::Colophon:
      return "colophon";
    case Place::Text:
      return "text";
    case Place::AgencyCode:
      return "agency-code";
    case Place::None:
      break;
  }
  return "";
}

std::string_view name_of(FactKind kind) {
  switch (kind) {
    case FactKind::Term:
      return "term";
    case FactKind::Repeal:
      return "repeal";
    case FactKind::Revision:
      return "revision";
    case FactKind::Deadline:
      return "deadline";
    case FactKind::Amount:
      return "amount";
    case FactKind::Contact:
      break;
  }
  return "contact";
}

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::Heading:
      return "heading";
    case BlockKind::TableRow:
      return "row";
    case BlockKind::Signature:
      return "signature";
    case BlockKind::Paragraph:
      break;
  }
  return "paragraph";
}

Value to_value(const Snippet& snippet) {
  Value::List highlights;
  for (const Highlight& highlight : snippet.highlights) {
    highlights.emplace_back(
        Value::Record{{"offset", number(highlight.offset)}, {"size", number(highlight.size)}});
  }
  return Value::Record{{"text", snippet.text},
                       {"highlights", std::move(highlights)},
                       {"cut_before", snippet.cut_before},
                       {"cut_after", snippet.cut_after}};
}

Value to_value(const Hit& hit) {
  Value::Record record = {{"id", hit.id},
                          {"passage", number(hit.passage)},
                          {"title", hit.title},
                          {"number", hit.number},
                          {"issuer", hit.issuer},
                          {"genre", hit.genre},
                          {"region", hit.region},
                          {"date", day(hit.date)},
                          {"file", hit.file},
                          {"headings", texts(hit.headings)},
                          {"snippet", to_value(hit.snippet)},
                          {"reason", std::string(name_of(hit.reason))},
                          {"lapse", hit.lapse},
                          {"lapsed_bases", texts(hit.lapsed_bases)},
                          {"score", Decimal::scaled(hit.score, -3)}};
  if (hit.own) record.emplace_back("own", true);
  return record;
}

Value to_value(const std::optional<Lapse>& lapse) {
  if (!lapse) return {};
  return Value::Record{{"text", lapse->text}, {"by", lapse->by}};
}

Value to_value(const Fact& fact) {
  return Value::Record{{"kind", std::string(name_of(fact.kind))},
                       {"text", fact.text},
                       {"date", day(fact.date)},
                       {"yuan", money(fact.money)},
                       {"block", number(fact.block)},
                       {"offset", number(fact.offset)}};
}

Value to_value(const std::vector<CitedDocument>& documents) {
  Value::List list;
  for (const CitedDocument& cited : documents) {
    list.emplace_back(Value::Record{{"title", cited.citation.title},
                                    {"number", cited.citation.number},
                                    {"id", cited.id},
                                    {"held_title", cited.title},
                                    {"lapse", to_value(cited.lapse)}});
  }
  return Value(std::move(list));
}

Value to_value(const std::vector<CitingDocument>& documents) {
  Value::List list;
  for (const CitingDocument& each : documents) {
    list.emplace_back(
        Value::Record{{"id", each.id}, {"title", each.title}, {"number", each.number}});
  }
  return list;
}

Value to_value(const Citation& citation) {
  return Value::Record{{"title", citation.title}, {"number", citation.number}};
}

}  // namespace

Value to_value(const AddReport& report) {
  Value::List refused;
  for (const Error& error : report.refused) {
    refused.emplace_back(Value::Record{{"file", error.where.file},
                                       {"part", error.where.part},
                                       {"id", error.id},
                                       {"message", error.message},
                                       {"hint", error.hint}});
  }
  return Value::Record{{"added", texts(report.added)},
                       {"updated", texts(report.updated)},
                       {"unchanged", texts(report.unchanged)},
                       {"duplicates", texts(report.duplicates)},
                       {"pruned", texts(report.pruned)},
                       {"refused", std::move(refused)},
                       {"stopped", report.stopped}};
}

Value to_value(const Hits& hits) {
  Value::List list;
  for (const Hit& hit : hits.hits)
    list.push_back(to_value(hit));
  return Value::Record{{"query", hits.query},
                       {"total", number(hits.total)},
                       {"hits", std::move(list)},
                       {"facets", Value::Record{{"issuers", counts(hits.facets.issuers)},
                                                {"genres", counts(hits.facets.genres)},
                                                {"years", counts(hits.facets.years)},
                                                {"regions", counts(hits.facets.regions)},
                                                {"standings", counts(hits.facets.standings)}}},
                       {"suggestion", hits.suggestion},
                       {"notes", texts(hits.notes)}};
}

Value to_value(const Holding& holding) {
  const Circular& circular = holding.circular;
  Value::List blocks;
  for (const Block& block : circular.blocks) {
    blocks.emplace_back(Value::Record{
        {"kind", std::string(name_of(block.kind))}, {"level", block.level}, {"text", block.text}});
  }
  Value::List citations;
  for (const Citation& citation : circular.citations)
    citations.push_back(to_value(citation));
  Value::List repeals;
  for (const Citation& citation : circular.repeals)
    repeals.push_back(to_value(citation));
  Value::List facts;
  for (const Fact& fact : circular.facts)
    facts.push_back(to_value(fact));
  const Letterhead& letterhead = circular.letterhead;
  return Value::Record{
      {"id", holding.id},
      {"file", holding.file},
      {"encoding", holding.encoding},
      {"title", circular.title},
      {"title_guessed", circular.title_guessed},
      {"number", circular.number},
      {"issuer", circular.issuer},
      {"genre", circular.genre},
      {"addressee", circular.addressee},
      {"region", circular.region},
      {"date", day(circular.date)},
      {"amended", day(circular.amended)},
      {"effective", day(circular.effective)},
      {"expires", day(circular.expires)},
      {"places", Value::Record{{"title", std::string(name_of(circular.title_from))},
                               {"number", std::string(name_of(circular.number_from))},
                               {"issuer", std::string(name_of(circular.issuer_from))},
                               {"date", std::string(name_of(circular.date_from))}}},
      {"letterhead", Value::Record{{"copy_number", letterhead.copy_number},
                                   {"secrecy", letterhead.secrecy},
                                   {"urgency", letterhead.urgency},
                                   {"signer", letterhead.signer}}},
      {"blocks", std::move(blocks)},
      {"citations", std::move(citations)},
      {"repeals", std::move(repeals)},
      {"facts", std::move(facts)}};
}

Value to_value(const CitationReport& report) {
  return Value::Record{{"id", report.id},
                       {"title", report.title},
                       {"number", report.number},
                       {"rests_on", to_value(report.rests_on)},
                       {"replaces", to_value(report.replaces)},
                       {"cited_by", to_value(report.cited_by)},
                       {"lapse", to_value(report.lapse)},
                       {"replaced_by", to_value(report.replaced_by)}};
}

Value to_value(const std::vector<Answer>& answers) {
  Value::List list;
  for (const Answer& answer : answers) {
    list.emplace_back(Value::Record{{"number", number(answer.number)},
                                    {"question", answer.question},
                                    {"document", answer.document},
                                    {"title", answer.title},
                                    {"passage", number(answer.passage)},
                                    {"by", answer.by},
                                    {"on", Value(answer.on)},
                                    {"removed_by", answer.removed_by},
                                    {"removed_on", day(answer.removed_on)}});
  }
  return Value::Record{{"answers", std::move(list)}};
}

}  // namespace huice::library
