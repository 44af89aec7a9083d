// Link: what the processes of `mpirun ponnuki train` say to each other. Rank 0 is the learner, the
// others are its helpers. Only mpi/module/ knows MPI: it is loaded when it is needed, since libmpi
// and what it needs would add a fifth to the time in which the program starts.
//
// All ranks must make matching calls in the same order. A process that dies ends all others. So no
// call returns an error. Waiting costs little time of the processor.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ponnuki::mpi {

class Link {
 public:
  /// Waits until all ranks have come to their end.
  virtual ~Link() = default;

  virtual int rank() const = 0;   // of this process: 0 to ranks() - 1
  virtual int ranks() const = 0;  // at least 1
  /// Copies rank 0's bytes to all ranks. All give the same size.
  virtual void broadcast(std::span<std::byte> bytes) = 0;
  /// Adds the other ranks' numbers to rank 0's, always in the same order. Theirs may change. All
  /// give the same size.
  virtual void add_up(std::span<float> numbers) = 0;
  /// Returns when the other rank has the bytes, or will get them without this one.
  virtual void send(std::string_view bytes, int to) = 0;
  /// Waits for bytes from this rank. A message of more than `most` bytes ends all processes.
  virtual std::string receive(int from, std::size_t most) = 0;
  /// Ends all processes at once. Rank `rank()` ends with this exit code.
  virtual void abort(int code) = 0;
};

}  // namespace ponnuki::mpi
