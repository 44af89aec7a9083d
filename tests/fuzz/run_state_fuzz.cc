// Any bytes as the body of a run's state file of any version, with a right checksum: read, or
// refused with an error that names the file. What is read goes to a learner, which takes it or
// refuses it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/check.h"
#include "nn/model/initial_model.h"
#include "nn/training/training_model.h"
#include "selfplay/files/bytes.h"
#include "selfplay/files/checksum.h"
#include "selfplay/learning/learner.h"
#include "selfplay/run/run_directory.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace ponnuki;
using namespace ponnuki::selfplay;

std::string with_checksum(const char* magic, std::uint32_t version, const std::string& body) {
  std::string bytes = magic;
  put(version, bytes);
  put(checksum(body), bytes);
  return bytes + body;
}

template <typename State>
void restore(const Result<std::optional<State>>& state, const std::string& path) {
  if (!state) PONNUKI_CHECK(state.error().message.find(path) != std::string::npos);
  if (!state || !*state) return;
  static Learner learner(nn::training::with_training_outputs(nn::make_initial_model({1, 8}, 1), 1),
                         {.batch = 1});
  (void)learner.restore((*state)->learner);
  (void)learner.published();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const test::TemporaryFolder folder;
  const std::uint32_t version = data[0] / 2U % 6U;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const auto run = RunDirectory::open(folder / "run");
  PONNUKI_CHECK(run);
  if (data[0] % 2 == 0) {
    folder.write("run/state.bin", with_checksum("PNKSTATE", version, body));
    restore(RunDirectory::read_state(folder / "run"), folder / "run");
  } else {
    folder.write("run/records.bin", with_checksum("PNKRECRD", version, body));
    restore(run->read_records_state(), folder / "run");
  }
  return 0;
}
