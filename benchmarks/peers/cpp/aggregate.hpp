// Position sums of one chunk of instruments, in single precision.
#pragma once

#include "plan.hpp"
#include "vector.hpp"

template <bool First>
inline void aggregate(const Plan& plan, int chunk, const float* changes, float* sums) {
    const std::int32_t* first = plan.first.data() + static_cast<std::size_t>(chunk) * (plan.accounts + 1);
    const Plan::Holding* holding = plan.holdings.data() + first[0];
    for (int account = 0; account < plan.accounts; account++, sums += kWidth) {
        const Plan::Holding* end = plan.holdings.data() + first[account + 1];
        if (holding == end && !First) continue;
        v16 sum[kVectors];
        for (int v = 0; v < kVectors; v++) sum[v] = First ? v16{} : load(sums + 16 * v);
        for (; holding < end; holding++) {
            const float* change = changes + static_cast<std::size_t>(holding->row) * kWidth;
            v16 quantity = all(holding->quantity);
            for (int v = 0; v < kVectors; v++) sum[v] += quantity * load(change + 16 * v);
        }
        for (int v = 0; v < kVectors; v++) store(sums + 16 * v, sum[v]);
    }
}
