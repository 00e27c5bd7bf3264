// The application form as one worksheet to be printed.
#pragma once

#include "model/table.h"
#include "model/value.h"

namespace huice::app {

/// `form` is the data of templates/application-form.md: its sections stand one below the other on
/// A4 upright, as on the form's page.
model::Workbook application_workbook(const model::Value& form);

}  // namespace huice::app
