// The nets built into the program: nets/built-in/*.bin.gz of the source tree, unchanged.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "engine/types.h"
#include "nn/files/model_file.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

// The names that stand for built-in nets where commands take a file.
inline constexpr const char* kBuiltInNet = "built-in";  // for each board the net that suits it
inline constexpr const char* kZeroNet = "zero";         // taught itself from nothing but the rules
inline constexpr const char* kRecordsNet = "records";   // began with records of strong players

/// True for the three names above.
bool is_built_in_net(const std::string& name);

/// The bytes of the model file; empty if the program was built without this net. Requires kZeroNet
/// or kRecordsNet.
std::span<const unsigned char> built_in_net(const std::string& name);

/// True if kBuiltInNet means kRecordsNet on boards of this size, else it means kZeroNet: on boards
/// with a side of more than 13 points, if the program has that net.
bool takes_records_net(BoardSize size);

/// Loads the model from a file, a net of this name (nn/files/net_files.h), or a built-in one. kBuiltInNet means kZeroNet here, where one net
/// is needed for all boards.
Result<Model> load_named_model(const std::string& name);
/// Loads a net of either architecture from a file, or a built-in one, likewise.
Result<AnyModel> load_named_net(const std::string& name, NetFileNotes* notes = nullptr);

}  // namespace ponnuki::nn
