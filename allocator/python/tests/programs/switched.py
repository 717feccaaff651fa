"""A program that switches its recording on and off."""
import prof2cg_record


def inside():
    pass


def outside():
    pass


outside()
prof2cg_record.start()
inside()
prof2cg_record.stop()
outside()
with prof2cg_record.record():
    inside()
outside()
