// Writes a Model in KataGo's format: the inverse of nn/files/model_file.h.
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

struct ModelFormat {
  // Float arrays as bytes; if false, as text that reads back to the same bits.
  bool binary = true;
  bool gzip = true;
};

/// The bytes of a model file in the format of model.version. Returns an error if the shapes do not
/// fit together, or if the version cannot express an activation (before version 11 there is only
/// ReLU). Norms are written folded: mean 0, variance 1, epsilon 1e-20.
Result<std::string> model_to_bytes(const Model& model, const ModelFormat& format);

/// Writes these bytes to a file: to a temporary name, then fsync and rename, so that readers see
/// either the old file or the whole new one.
Status write_model(const Model& model, const std::string& path, const ModelFormat& format);

}  // namespace ponnuki::nn
