// Sixteen single-precision lanes and the elementary functions that the pipeline needs on them.
#pragma once

#include <bit>
#include <cstdint>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

typedef float v16 __attribute__((vector_size(64)));
typedef std::int32_t v16i __attribute__((vector_size(64)));

constexpr int kLanes = 16;

inline v16 all(float x) { return v16{} + x; }

inline v16 load(const float* p) { return *reinterpret_cast<const v16*>(p); }

inline void store(float* p, v16 x) { *reinterpret_cast<v16*>(p) = x; }

inline v16 magnitude(v16 x) { return (v16)((v16i)x & 0x7fffffff); }

inline v16 select(v16i mask, v16 yes, v16 no) { return mask ? yes : no; }

// Approximation of 14 bits and one Newton step.
inline v16 reciprocal(v16 x) {
#if defined(__AVX512F__)
    v16 r = (v16)_mm512_rcp14_ps((__m512)x);
    return r * (2.0f - x * r);
#else
    return 1.0f / x;
#endif
}

// 2^y, y < 127; degree 5 on |f| ≤ ½, minimax, relative error 7.5e-8 before rounding.
inline v16 power_of_two(v16 y) {
#if defined(__AVX512F__)
    v16 n = (v16)_mm512_roundscale_ps((__m512)y, 0);
#else
    y = select(y < -126.0f, all(-126.0f), y);
    v16 n = __builtin_convertvector(__builtin_convertvector(y + select(y < 0.0f, all(-0.5f), all(0.5f)), v16i), v16);
#endif
    v16 f = y - n;
    v16 p = all(0.00967554132f) + f * 0.00132764701f;
    p = p * f + 5.55071332e-2f;
    p = p * f + 0.240221197f;
    p = p * f + 0.693146974f;
    p = p * f + 1.00000007f;
#if defined(__AVX512F__)
    return (v16)_mm512_scalef_ps((__m512)p, (__m512)n);
#else
    return p * (v16)((__builtin_convertvector(n, v16i) + 127) << 23);
#endif
}

inline v16 exponential(v16 x) { return power_of_two(x * 1.44269504f); }

// Entry `index` (0 … 31) of a table of 32 floats.
inline v16 lookup32(const float* table, v16i index) {
#if defined(__AVX512F__)
    return (v16)_mm512_permutex2var_ps(_mm512_loadu_ps(table), (__m512i)index, _mm512_loadu_ps(table + 16));
#else
    v16 y;
    for (int i = 0; i < kLanes; i++) y[i] = table[index[i]];
    return y;
#endif
}

// Appends the lanes of x below the threshold at p and returns how many; writes up to sixteen floats.
inline int append_below(float* p, v16 x, v16 threshold) {
#if defined(__AVX512F__)
    __mmask16 mask = _mm512_cmp_ps_mask((__m512)x, (__m512)threshold, _CMP_LT_OQ);
    if (mask == 0) return 0;
    // Compressing in a register: compressing into memory is microcoded on some processors.
    _mm512_storeu_ps(p, _mm512_maskz_compress_ps(mask, (__m512)x));
    return std::popcount(static_cast<unsigned>(mask));
#else
    int count = 0;
    for (int i = 0; i < kLanes; i++) {
        p[count] = x[i];
        count += x[i] < threshold[i];
    }
    return count;
#endif
}
