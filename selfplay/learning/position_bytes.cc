// Training positions as bytes, between the processes of one run. Vectors of zeros and ones, such as
// all planes, are bits.
//
//     position   u8 width, u8 height, spatial, global, policy, reply, ownership
//                f32 result[3], td values[3][3], weight
//                u8 which of score, lead and TD score are known, f32 each of them
//     vector     u8 1: of bits, u32 count, [(count + 7) / 8]; u8 0: as put_floats() writes
#include <algorithm>
#include <optional>

#include "selfplay/files/bytes.h"
#include "selfplay/learning/gradient_helper.h"

namespace ponnuki::selfplay {
namespace {

void put_bits(const std::vector<float>& numbers, std::string& bytes) {
  put(static_cast<std::uint32_t>(numbers.size()), bytes);
  for (std::size_t begin = 0; begin < numbers.size(); begin += 8) {
    const std::size_t end = std::min(begin + 8, numbers.size());
    unsigned byte = 0;
    for (std::size_t i = begin; i < end; ++i)
      byte |= static_cast<unsigned>(numbers[i] != 0) << (i - begin);
    bytes.push_back(static_cast<char>(byte));
  }
}

std::vector<float> get_bits(ByteReader& reader) {
  const std::size_t count = reader.get<std::uint32_t>();
  const std::string_view from = reader.take((count + 7) / 8);
  std::vector<float> numbers(reader.failed() ? 0 : count);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = static_cast<float>((static_cast<unsigned char>(from[i / 8]) >> (i % 8)) & 1);
  return numbers;
}

void put_numbers(const std::vector<float>& numbers, std::string& bytes) {
  const bool are_bits = std::ranges::all_of(numbers, [](float x) { return x == 0 || x == 1; });
  put(static_cast<std::uint8_t>(are_bits), bytes);
  if (are_bits)
    put_bits(numbers, bytes);
  else
    put_floats(numbers, bytes);
}

std::vector<float> get_numbers(ByteReader& reader) {
  return reader.get<std::uint8_t>() != 0 ? get_bits(reader) : reader.get_floats();
}

void put_target(const nn::training::TrainingTarget& target, std::string& bytes) {
  for (const auto* numbers : {&target.policy, &target.reply, &target.ownership})
    put_numbers(*numbers, bytes);
  for (const float chance : target.result) put(chance, bytes);
  for (const auto& chances : target.td_values)
    for (const float chance : chances) put(chance, bytes);
  put(target.weight, bytes);
  const std::optional<float> points[] = {target.score, target.lead, target.td_score};
  unsigned known = 0;
  for (unsigned i = 0; i < 3; ++i) known |= static_cast<unsigned>(points[i].has_value()) << i;
  put(static_cast<std::uint8_t>(known), bytes);
  for (const auto& value : points) put(value.value_or(0), bytes);
}

nn::training::TrainingTarget get_target(ByteReader& reader) {
  nn::training::TrainingTarget target;
  for (auto* numbers : {&target.policy, &target.reply, &target.ownership})
    *numbers = get_numbers(reader);
  for (float& chance : target.result) chance = reader.get<float>();
  for (auto& chances : target.td_values)
    for (float& chance : chances) chance = reader.get<float>();
  target.weight = reader.get<float>();
  const unsigned known = reader.get<std::uint8_t>();
  unsigned bit = 1;
  for (auto* points : {&target.score, &target.lead, &target.td_score}) {
    const auto value = reader.get<float>();
    if ((known & bit) != 0) *points = value;
    bit *= 2;
  }
  return target;
}

/// A vector of a target is empty or has `size` numbers.
bool is_known_or_empty(const std::vector<float>& numbers, std::size_t size) {
  return numbers.empty() || numbers.size() == size;
}

bool fits(const TrainingPosition& position) {
  const auto area = static_cast<std::size_t>(position.size.area());
  const int longest = std::max(position.size.width, position.size.height);
  return area > 0 && longest <= kMaxLength && position.spatial.size() == area * nn::kPlaneCount &&
         position.global.size() == nn::kGlobalCount &&
         is_known_or_empty(position.target.policy, area + 1) &&
         is_known_or_empty(position.target.reply, area + 1) &&
         is_known_or_empty(position.target.ownership, area);
}

TrainingPosition get_position(ByteReader& reader) {
  TrainingPosition position;
  position.size.width = reader.get<std::uint8_t>();
  position.size.height = reader.get<std::uint8_t>();
  position.spatial = get_numbers(reader);
  position.global = get_numbers(reader);
  position.target = get_target(reader);
  return position;
}

}  // namespace

std::string positions_to_bytes(std::span<const TrainingPosition> positions) {
  std::string bytes;
  for (const TrainingPosition& position : positions) {
    put(position.size.width, bytes);
    put(position.size.height, bytes);
    put_numbers(position.spatial, bytes);
    put_numbers(position.global, bytes);
    put_target(position.target, bytes);
  }
  return bytes;
}

Result<std::vector<TrainingPosition>> positions_of_bytes(std::string_view bytes) {
  std::vector<TrainingPosition> positions;
  for (ByteReader reader(bytes); reader.left() > 0;) {
    positions.push_back(get_position(reader));
    if (reader.failed() || !fits(positions.back()))
      return Error{"position " + std::to_string(positions.size()) + " of the batch is damaged"};
  }
  return positions;
}

}  // namespace ponnuki::selfplay
