<?php
function fib($n) { return $n < 2 ? $n : fib($n - 1) + fib($n - 2); }
class Shape {
  public function area($n) { return array_sum(array_map('fib', range(0, $n))); }
}
function text($n) { return str_repeat('x', $n); }
$shape = new Shape();
$texts = [];
for ($i = 0; $i < 3; $i++) { $texts[] = text(1000 * $i); $shape->area($i); }
unset($texts);
echo strlen(implode('', array_map('text', [1, 2]))), "\n";
