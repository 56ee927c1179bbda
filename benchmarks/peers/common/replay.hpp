// Our own scenarios and P&L, to compare values instead of distributions.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "clearing_set.hpp"

namespace peers {

// A file of `gpumargin scenarios` or `gpumargin pnl`: scenario,<name>….
struct Scenarios {
    int count = 0, columns = 0;
    std::vector<double> values;  // [scenario, column]
    double at(int scenario, int column) const { return values[static_cast<std::size_t>(scenario) * columns + column]; }
};

template <class Rows>
Scenarios read_scenarios(const std::string& path, const Rows& rows, auto name_of) {
    Csv csv(path);
    Scenarios result;
    result.columns = static_cast<int>(rows.size());
    for (int i = 0; i < result.columns; i++)
        if (csv.column(name_of(rows[i])) != i + 1) refuse(path + " is not of this set: column " + name_of(rows[i]));
    for (; csv.next(); result.count++)
        for (int i = 0; i < result.columns; i++) result.values.push_back(number(csv.cell(i + 1)));
    return result;
}

inline Scenarios read_shocks(const std::string& path, const ClearingSet& set) {
    return read_scenarios(path, set.factors, [](const Factor& f) { return f.name; });
}

inline Scenarios read_pnl(const std::string& path, const ClearingSet& set) {
    return read_scenarios(path, set.accounts, [](const std::string& name) { return name; });
}

// Σ|quantity|·(S·exp(−qT) + K·exp(−rT)) of every account: what rounding errors are relative to.
inline std::vector<double> gross(const ClearingSet& set) {
    std::vector<double> sums(set.accounts.size());
    for (const Position& p : set.positions) {
        const Option& o = set.options[p.instrument];
        sums[p.account] += std::abs(p.quantity) * o.multiplier *
            (set.factors[o.underlying].level * std::exp(-o.dividend_yield * o.years) + o.strike * std::exp(-o.rate * o.years));
    }
    return sums;
}

// Largest |theirs − ours| over gross; theirs is [scenario, account].
inline double largest_difference(const Scenarios& ours, const std::vector<double>& theirs, const std::vector<double>& scale) {
    double largest = 0;
    for (std::size_t i = 0; i < ours.values.size(); i++)
        largest = std::max(largest, std::abs(theirs[i] - ours.values[i]) / scale[i % scale.size()]);
    return largest;
}

}  // namespace peers
