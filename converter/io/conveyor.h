// Values on their way from one thread to another.
#ifndef PROF2CG_CONVERTER_IO_CONVEYOR_H_
#define PROF2CG_CONVERTER_IO_CONVEYOR_H_

#include <array>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>

#include "converter/io/worker.h"

namespace prof2cg {

// The owner fills values and hands them over; a worker takes them in that
// order. Several are on their way, so that neither waits where the other is
// slower for a while: with a single one half of the time went into waiting.
template <class T>
class Conveyor {
 public:
  // `take` is called by the worker and leaves a value as it is to be filled.
  explicit Conveyor(std::function<void(T&)> take) : take_(std::move(take)) {}

  // To be filled.
  T& filling() { return Slot(filled_); }

  // Lets it be taken; filling() then is another one. Throws what `take` threw.
  void HandOver();

  // Waits until all that was handed over is taken. Throws what `take` threw.
  void Finish() { worker_.Wait(); }

 private:
  static constexpr size_t kSlots = 8;

  T& Slot(size_t number) { return slots_[number % kSlots]; }
  // Takes what there is.
  void Drain();

  const std::function<void(T&)> take_;
  std::array<T, kSlots> slots_{};
  size_t filled_ = 0;  // changed by the owner, guarded for the worker

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  size_t taken_ = 0;
  bool is_draining_ = false;

  Worker worker_;
};

template <class T>
void Conveyor<T>::HandOver() {
  std::unique_lock lock(mutex_);
  ++filled_;
  if (!is_draining_) {
    is_draining_ = true;
    lock.unlock();
    worker_.Start([this] { Drain(); });
    lock.lock();
  }
  changed_.wait(lock,
                [&] { return filled_ - taken_ < kSlots || !is_draining_; });
}

template <class T>
void Conveyor<T>::Drain() {
  std::unique_lock lock(mutex_);
  try {
    for (; taken_ != filled_; ++taken_) {
      changed_.notify_one();
      T& value = Slot(taken_);
      lock.unlock();
      take_(value);
      lock.lock();
    }
  } catch (...) {
    lock.lock();
    is_draining_ = false;
    changed_.notify_one();
    throw;
  }
  is_draining_ = false;
  changed_.notify_one();
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_CONVEYOR_H_
