#include "converter/io/parts.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "converter/io/text_buffer.h"
#include "converter/io/worker.h"

namespace prof2cg {
namespace {

constexpr size_t kMostThreads = 4;

// Parts are made in their order by whoever is free, and put out in their order
// by whoever made the one that is due.
class Parts {
 public:
  Parts(size_t parts, TextSink& out,
        const std::function<void(size_t part, TextSink& sink)>& write)
      : parts_(parts), out_(out), write_(write) {}

  // Makes parts until there are none left; several threads may.
  void Make() {
    std::unique_lock lock(mutex_);
    try {
      while (Wait(lock)) MakeOne(lock);
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      has_failed_ = true;
      changed_.notify_all();
      throw;
    }
  }

 private:
  // So many lie in memory at most, made or being made.
  static constexpr size_t kSlots = 6;

  struct Slot {
    TextBuffer text;
    bool is_made = false;
  };

  Slot& SlotOf(size_t part) { return slots_[part % kSlots]; }

  // For a part to make; false if there is none.
  bool Wait(std::unique_lock<std::mutex>& lock) {
    changed_.wait(lock, [&] {
      return has_failed_ || begun_ == parts_ || begun_ < put_out_ + kSlots;
    });
    return !has_failed_ && begun_ != parts_;
  }

  void MakeOne(std::unique_lock<std::mutex>& lock) {
    const size_t part = begun_++;
    Slot& slot = SlotOf(part);
    lock.unlock();
    write_(part, slot.text);
    lock.lock();
    slot.is_made = true;
    if (part == put_out_) PutOut(lock);
  }

  // The part that is due and those behind it that are made. Nobody else does,
  // since the one that is due is not another's.
  void PutOut(std::unique_lock<std::mutex>& lock) {
    while (SlotOf(put_out_).is_made) {
      Slot& slot = SlotOf(put_out_);
      lock.unlock();
      out_.Write(slot.text.text());
      slot.text.Clear();
      lock.lock();
      slot.is_made = false;
      ++put_out_;
      changed_.notify_all();
    }
  }

  const size_t parts_;
  TextSink& out_;  // of whoever puts out
  const std::function<void(size_t part, TextSink& sink)>& write_;

  std::mutex mutex_;  // guards what follows, but for texts being made
  std::condition_variable changed_;
  std::array<Slot, kSlots> slots_;
  size_t begun_ = 0;
  size_t put_out_ = 0;
  bool has_failed_ = false;
};

}  // namespace

void WriteParts(size_t parts, TextSink& out,
                const std::function<void(size_t part, TextSink& sink)>& write) {
  if (parts <= 1) {
    if (parts == 1) write(0, out);
    return;
  }
  const size_t threads =
      std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
  Parts work(parts, out, write);
  std::list<Worker> workers(std::min(threads, parts) - 1);
  for (Worker& worker : workers) worker.Start([&work] { work.Make(); });
  work.Make();
  for (Worker& worker : workers) worker.Wait();
}

}  // namespace prof2cg
