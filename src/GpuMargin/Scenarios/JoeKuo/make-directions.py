"""Packs the direction numbers of Joe and Kuo (new-joe-kuo-6.21201) into joe-kuo.bin.

Needs python3-scipy, whose wheel and Debian package carry them. Usage: python3 make-directions.py OUTPUT

One record per dimension from the second on, 21,200 of them, bits filled from the least significant one up, without
padding between records:
    1 bit    the degree of the primitive polynomial grows by one (it starts at 0)
    s - 1    a: the polynomial's inner coefficients, the highest power's bit the most significant
    i - 1    (m_i - 1)/2 for i = 1 ... s
"""
import os
import sys

import numpy
import scipy.stats

source = os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz")
with numpy.load(source) as numbers:
    polynomials, initial = numbers["poly"].tolist(), numbers["vinit"].tolist()
assert len(polynomials) == 21201

bits, length, degree = 0, 0, 0
chunks = []
for polynomial, m in zip(polynomials[1:], initial[1:]):
    s = polynomial.bit_length() - 1
    assert s in (degree, degree + 1)
    fields = [(int(s > degree), 1), ((polynomial >> 1) & ((1 << (s - 1)) - 1), s - 1)]
    fields += [((m[i] - 1) // 2, i) for i in range(s)]
    assert all(v % 2 == 1 and v < 2 << i for i, v in enumerate(m[:s])) and not any(m[s:])
    degree = s
    for value, width in fields:
        bits |= value << length
        length += width
    whole = length // 8
    chunks.append((bits & ((1 << 8 * whole) - 1)).to_bytes(whole, "little"))
    bits >>= 8 * whole
    length -= 8 * whole
chunks.append(bits.to_bytes((length + 7) // 8, "little"))

with open(sys.argv[1], "wb") as output:
    output.write(b"".join(chunks))
