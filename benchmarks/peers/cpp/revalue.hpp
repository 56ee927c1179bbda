// Black–Scholes–Merton P&L per contract with one exponential: A·φ(d1) = B·φ(d2), A = S·exp(−qT), B = K·exp(−rT).
// Φ by Abramowitz and Stegun 26.2.17, absolute error 7.5e-8.
#pragma once

#include "scenarios.hpp"

#if defined(LIBMVEC)
// As textbooks have it, with the C library's functions, which the compiler takes from libmvec.
template <bool Call>
inline void revalue(const Plan::Contract& c, const ScenarioTile& tile, float* pnl) {
    const float *shock = tile.shock(c.underlying), *growth = tile.up(c.underlying);
    const float *up = tile.up(c.volatility), *down = tile.down(c.volatility);
    constexpr float right = Call ? 1 : -1, root_half = 0.707106781f;
#pragma omp simd
    for (int s = 0; s < kWidth; s++) {
        float deviation = c.deviation * up[s];
        float d1 = (c.log_moneyness + shock[s]) * (c.inverse_deviation * down[s]) + 0.5f * deviation;
        float d2 = d1 - deviation;
        float asset = 0.5f * c.asset * growth[s] * erfcf(-right * root_half * d1);
        float strike = 0.5f * c.strike * erfcf(-right * root_half * d2);
        pnl[s] = right * (asset - strike) - c.value;
    }
}
#else
// Φ(−x)/exp(−x²/2), x ≥ 0, from t = 1/(1 + 0.2316419·x): the formula's coefficients over √(2π).
inline v16 tail_polynomial(v16 t) {
    v16 p = all(-0.726576013f) + t * 0.530702714f;
    p = p * t + 0.710706871f;
    p = p * t - 0.142248368f;
    p = p * t + 0.127414796f;
    return p * t;
}

template <bool Call>
inline void revalue(const Plan::Contract& c, const ScenarioTile& tile, float* pnl) {
    const float *shock = tile.shock(c.underlying), *growth = tile.up(c.underlying);
    const float *up = tile.up(c.volatility), *down = tile.down(c.volatility);
    for (int s = 0; s < kWidth; s += 16) {
        v16 deviation = c.deviation * load(up + s), inverse = c.inverse_deviation * load(down + s);
        v16 asset = c.asset * load(growth + s);
        v16 d1 = (c.log_moneyness + load(shock + s)) * inverse + 0.5f * deviation;
        v16 d2 = d1 - deviation;
        v16 q1 = 1.0f + 0.2316419f * magnitude(d1), q2 = 1.0f + 0.2316419f * magnitude(d2);
        v16 r = reciprocal(q1 * q2);
        // −½·log2(e); scalef flushes what is below the smallest number.
        v16 weight = asset * power_of_two(-0.721347520f * d1 * d1);
        v16 tail1 = weight * tail_polynomial(r * q2), tail2 = weight * tail_polynomial(r * q1);
        v16i above1 = Call ? d1 > 0.0f : d1 < 0.0f, above2 = Call ? d2 > 0.0f : d2 < 0.0f;
        v16 asset_part = select(above1, asset - tail1, tail1);
        v16 strike_part = select(above2, c.strike - tail2, tail2);
        store(pnl + s, (Call ? asset_part - strike_part : strike_part - asset_part) - c.value);
    }
}
#endif

inline void revalue(const Plan::Contract& c, const ScenarioTile& tile, float* pnl) {
    if (c.right > 0) revalue<true>(c, tile, pnl);
    else revalue<false>(c, tile, pnl);
}
