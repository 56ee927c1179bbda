// The smallest P&L of every account: what is below a threshold is appended, and a full buffer is cut back.
#pragma once

#include <algorithm>
#include <cfloat>

#include "plan.hpp"
#include "vector.hpp"

class Tails {
public:
    Tails(int accounts, int keep) : keep_(keep), capacity_((2 * keep + 2 * kWidth + 15) / 16 * 16),
        values_(static_cast<std::size_t>(accounts) * capacity_), counts_(accounts, 0), thresholds_(accounts, FLT_MAX) {}

    // Scenarios from `width` on are padding of the last tile.
    void add(const float* sums, int width) {
        for (std::size_t account = 0; account < counts_.size(); account++, sums += kWidth) {
            v16 threshold = all(thresholds_[account]);
            float* buffer = values_.at(account * capacity_);
            int count = counts_[account];
            for (int s = 0; s < width; s += 16) {
                v16 x = load(sums + s);
                if (width - s < 16)
                    for (int i = width - s; i < 16; i++) x[i] = FLT_MAX;
                count += append_below(buffer + count, x, threshold);
            }
            counts_[account] = count;
            if (count + kWidth > capacity_) cut(account);
        }
    }

    int count(int account) const { return counts_[account]; }
    const float* values(int account) const { return values_.at(static_cast<std::size_t>(account) * capacity_); }

private:
    // Bisects for a threshold that leaves the worst `keep_` and at most an eighth more, then compresses in place.
    void cut(std::size_t account) {
        float* buffer = values_.at(account * capacity_);
        int count = counts_[account], padded = (count + 15) / 16 * 16;
        for (int i = count; i < padded; i++) buffer[i] = FLT_MAX;
        v16 smallest = all(FLT_MAX), largest = all(-FLT_MAX);
        for (int i = 0; i < padded; i += 16) {
            v16 x = load(buffer + i);
            smallest = select(x < smallest, x, smallest);
            largest = select((x > largest) & (x < FLT_MAX), x, largest);
        }
        float low = FLT_MAX, high = -FLT_MAX;
        for (int i = 0; i < 16; i++) low = std::min(low, smallest[i]), high = std::max(high, largest[i]);
        high = std::min(high, thresholds_[account]);
        float threshold = high;
        for (int step = 0; step < 40; step++) {
            float middle = 0.5f * (low + high);
            v16i below = {};
            for (int i = 0; i < padded; i += 16) below -= (v16i)(load(buffer + i) < middle);
            int kept = 0;
            for (int i = 0; i < 16; i++) kept += below[i];
            if (kept < keep_) {
                low = middle;
            } else {
                high = threshold = middle;
                if (kept <= keep_ + keep_ / 8) break;
            }
        }
        int kept = 0;
        for (int i = 0; i < padded; i += 16) kept += append_below(buffer + kept, load(buffer + i), all(threshold));
        if (kept + kWidth > capacity_) {
            // Ties or a tail that bisection does not part: exact.
            std::nth_element(buffer, buffer + keep_ - 1, buffer + kept);
            threshold = buffer[keep_ - 1];
            kept = keep_;
        }
        counts_[account] = kept;
        thresholds_[account] = threshold;
    }

    int keep_, capacity_;
    Aligned<float> values_;
    std::vector<int> counts_;
    std::vector<float> thresholds_;
};
