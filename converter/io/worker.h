// Work for a second processor.
#ifndef PROF2CG_CONVERTER_IO_WORKER_H_
#define PROF2CG_CONVERTER_IO_WORKER_H_

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace prof2cg {

// Does one job at a time beside its owner, who sees all that a job did once he
// has waited for it. The thread starts with the first job. Where there are no
// threads to be had, the owner does the jobs himself.
class Worker {
 public:
  Worker() = default;
  // Waits for the job under way.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Waits as Wait does, then starts `job`. What it refers to must stay until
  // the next call.
  void Start(std::function<void()> job);

  // Waits until the job is done. Throws what it threw.
  void Wait();

 private:
  void StartThread();
  void Run();

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::function<void()> job_;  // none: the thread is idle
  std::exception_ptr failure_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_WORKER_H_
