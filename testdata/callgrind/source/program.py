"""Profiled by yappi and by cProfile for pyprof2calltree."""


class Shape:
    def area(self):
        return sum(self.parts())

    def parts(self):
        return [fib(n) for n in range(6)]


class Square(Shape):
    def parts(self):
        return [even(n) for n in range(4)]


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def main():
    return Shape().area() + Square().area() + len(sorted([3, 1, 2]))
