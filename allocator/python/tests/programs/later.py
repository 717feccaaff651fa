"""Records itself from its second child on."""
import multiprocessing
import sys

import prof2cg_record


def work():
    pass


def run(context):
    process = context.Process(target=work)
    process.start()
    process.join()


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    run(context)
    with prof2cg_record.record(sys.argv[1] + ".pstats"):
        run(context)
