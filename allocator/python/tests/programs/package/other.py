if __name__ == "__main__":
    raise LookupError("as a module")
