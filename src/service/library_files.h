// A county's own circulars as JSON, the same for those who list them and for the job that reads
// them.
#pragma once

#include "model/value.h"
#include "store/county_files.h"

namespace huice::service {

model::Value library_file_value(const store::CountyFile& file);

/// What stood in the way: of a refused file, or of one whose job was not carried out. Null:
/// nothing.
model::Value refusal_of(const store::CountyFile& file);

}  // namespace huice::service
