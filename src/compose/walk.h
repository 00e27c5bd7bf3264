// Going through a syntax tree.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "compose/syntax.h"

namespace huice::compose {

/// The expressions directly inside one.
std::vector<const syntax::Expression*> parts_of(const syntax::Expression& expression);

using Visit = std::function<void(const syntax::Expression&)>;

/// Every expression, outer ones first.
void for_each_expression(const syntax::Expression& expression, const Visit& visit);
void for_each_expression(const syntax::Nodes& nodes, const Visit& visit);

/// Every name that set, for, with, macro and macro parameters give a meaning to.
std::set<std::string, std::less<>> assigned_names(const syntax::Nodes& nodes);

/// `责任人.电话` for plain names and fields, "" for every other expression.
std::string dotted_path(const syntax::Expression& expression);

}  // namespace huice::compose
