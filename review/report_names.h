// Gives each game the names of its reports, so that no report overwrites another one or a file that
// the user needs.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "review/records.h"
#include "review/report_files.h"

namespace ponnuki::review {

/// Makes the stems of all games differ, even where the file system does not tell capitals from
/// small letters or a folder has several paths. A game keeps the name of its file where it can; of
/// games that want the same name all but one get "-2", "-3" and so on. The name of a record beside
/// the reports belongs to that record, whether it is analysed now or not. Depends only on the games
/// and on the records beside them.
void name_reports(std::vector<Record>& games);

/// An error if a report would overwrite a file that is no report of this program: a record of the
/// user, or anything else. The error names the game and the file.
Status check_nothing_is_lost(const std::vector<Record>& games, const ReportKinds& kinds);

/// An error if a report cannot be written: no such folder, no permission. Makes the folders of
/// `out`, the folder of all reports; "" for folders that are there. Writes nothing else.
Status check_reports_can_be_written(const std::vector<Record>& games, const ReportKinds& kinds,
                                    const std::string& out);

}  // namespace ponnuki::review
