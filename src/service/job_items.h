// What kinds of jobs have in common: requests read, items named, results put together.
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "archive/zip_writer.h"
#include "base/date.h"
#include "base/result.h"
#include "model/profile.h"
#include "model/value.h"
#include "service/handlers.h"
#include "service/job_kinds.h"
#include "store/jobs.h"

namespace huice::service {

/// InvalidInput `job.request` at a field of the request.
Error bad_request(const std::string& field, std::string message, std::string hint);

/// `7` of 120: `007`.
std::string numbered(std::int64_t number, std::int64_t count);

/// The item that could not be made.
store::JobItem failed(std::int64_t seq, std::string name, const Error& error);

/// A text of the request; empty where there is none.
std::string text_field(const model::Value& request, std::string_view name);
/// A day of the request, else `standard`.
Date day_field(const model::Value& request, std::string_view name, Date standard);

/// An order about all enterprises of the caller's county, named by their ids.
/// Errors: TooLarge `job.too-many` beyond `most`; those of Database.
Result<JobOrder> order_for_enterprises(Desk& desk, const Call& call, model::Value::Record request,
                                       std::int64_t most);

/// The profile of enterprise `seq` of such an order, as it is now.
/// Errors: NotFound `store.no-record`; those of profile_from.
Result<model::Profile> job_profile(Site& site, const std::string& county,
                                   const model::Value& request, std::int64_t seq,
                                   const model::FactCatalogue& catalogue);

/// An answer to be kept as a file; its body is still to come.
Answer download(std::string type, const std::string& file);

/// Calls `use` with every item in order until it says no.
Status each_item(Site& site, const std::string& job,
                 const std::function<bool(const store::JobItem&)>& use);

/// A ZIP container as it goes out, so that the number of its files costs little memory.
class ZipStream {
 public:
  ZipStream(std::ostream& out, const std::function<bool()>& stopping)
      : out_(out), stopping_(stopping) {}

  /// False when there is no use in going on.
  bool add(std::string name, std::string_view bytes);
  /// Ends the container; one that is not whole is left without its end, and the connection is not
  /// used on, so that it is recognised as cut off.
  void finish(bool whole);

 private:
  bool goes_on() const;

  std::ostream& out_;
  const std::function<bool()>& stopping_;
  std::vector<archive::ZipEntry> members_;
  std::uint64_t size_ = 0;
};

}  // namespace huice::service
