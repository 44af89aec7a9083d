// What is known of the workers of a run, as a table.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace ponnuki::swarm {

/// An object for each worker, by name.
using WorkerRows = std::map<std::string, nlohmann::json>;

/// `reports` are what workers say of themselves, `accounts` what the learner knows of them. Fields
/// that are missing are 0; a worker without a report has '-'.
std::string worker_table(const WorkerRows& reports, const WorkerRows& accounts);

}  // namespace ponnuki::swarm
