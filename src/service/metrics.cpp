#include "service/metrics.h"

#include <algorithm>
#include <locale>
#include <sstream>

namespace huice::service {

void Metrics::answered(const std::string& operation, int status, double seconds) {
  series_.with([&](auto& all) {
    Series& series = all[operation];
    ++series.by_status[status];
    series.seconds += seconds;
    const auto bound = std::ranges::lower_bound(kBounds, seconds);
    ++series.buckets[static_cast<std::size_t>(bound - kBounds.begin())];
  });
}

std::string Metrics::text() const {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out << "# TYPE huice_requests_in_flight gauge\nhuice_requests_in_flight " << in_flight_
      << "\n# TYPE huice_connections_cut_off_total counter\nhuice_connections_cut_off_total "
      << cut_off_ << "\n# TYPE huice_requests_total counter\n";
  series_.with([&](const auto& all) {
    for (const auto& [operation, series] : all) {
      for (const auto& [status, count] : series.by_status) {
        out << "huice_requests_total{operation=\"" << operation << "\",status=\"" << status
            << "\"} " << count << "\n";
      }
    }
    out << "# TYPE huice_request_seconds histogram\n";
    for (const auto& [operation, series] : all) {
      const std::string label = "{operation=\"" + operation + "\"";
      std::uint64_t count = 0;
      for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        count += series.buckets[i];
        out << "huice_request_seconds_bucket" << label << ",le=\"";
        i < kBounds.size() ? out << kBounds[i] : out << "+Inf";
        out << "\"} " << count << "\n";
      }
      out << "huice_request_seconds_sum" << label << "} " << series.seconds
          << "\nhuice_request_seconds_count" << label << "} " << count << "\n";
    }
  });
  return out.str();
}

}  // namespace huice::service
