// Reads the part of a clearing set that the C++ peers compute: options on price factors with volatility factors.
// What lies outside is refused, so that no peer times other work than it says.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace peers {

[[noreturn]] inline void refuse(const std::string& message) {
    std::fprintf(stderr, "refused: %s\n", message.c_str());
    std::exit(2);
}

struct Factor {
    std::string name;
    double level, mean, variance;
    bool student_t;
    double nu;
};

struct Option {
    std::string name;
    int underlying, volatility_factor;  // factor indices; −1: constant volatility
    bool call;
    double multiplier, strike, years, volatility, rate, dividend_yield;
};

struct Position {
    int account, instrument;
    float quantity;
};

struct ClearingSet {
    std::int64_t scenarios;
    std::uint64_t seed;
    double confidence;
    bool student_copula;
    double copula_nu;
    std::vector<Factor> factors;
    std::vector<double> correlation;  // [factor, factor]
    std::vector<Option> options;
    std::vector<std::string> accounts;
    std::vector<Position> positions;
};

inline std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) refuse(path + " cannot be read");
    in.seekg(0, std::ios::end);
    std::string text(static_cast<std::size_t>(in.tellg()), '\0');
    in.seekg(0);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

inline double number(std::string_view text) {
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) refuse("not a number: " + std::string(text));
    return value;
}

inline double number_or(std::string_view text, double otherwise) { return text.empty() ? otherwise : number(text); }

// Rows of a CSV file without quotes, as generated sets are.
class Csv {
public:
    explicit Csv(const std::string& path) : path_(path), text_(read_file(path)) {
        if (text_.find('"') != std::string::npos) refuse(path + " has quoted fields");
        next();
        header_.assign(cells.begin(), cells.end());
    }

    bool next() {
        cells.clear();
        if (at_ >= text_.size()) return false;
        const char* line = text_.data() + at_;
        const char* end = static_cast<const char*>(std::memchr(line, '\n', text_.size() - at_));
        if (end == nullptr) end = text_.data() + text_.size();
        at_ = static_cast<std::size_t>(end - text_.data()) + 1;
        if (end > line && end[-1] == '\r') --end;
        for (const char* cell = line;; ) {
            const char* comma = static_cast<const char*>(std::memchr(cell, ',', static_cast<std::size_t>(end - cell)));
            cells.emplace_back(cell, static_cast<std::size_t>((comma ? comma : end) - cell));
            if (!comma) break;
            cell = comma + 1;
        }
        return true;
    }

    int column(std::string_view name) const {
        for (std::size_t i = 0; i < header_.size(); i++)
            if (header_[i] == name) return static_cast<int>(i);
        return -1;
    }

    std::string_view cell(int column) const {
        return column < 0 ? std::string_view() : cells.at(static_cast<std::size_t>(column));
    }

    std::vector<std::string_view> cells;

private:
    std::string path_, text_;
    std::vector<std::string> header_;
    std::size_t at_ = 0;
};

// The value behind a key that occurs once in a flat JSON text.
inline std::string json_value(const std::string& text, const std::string& key, const std::string& otherwise) {
    std::size_t at = text.find('"' + key + '"');
    if (at == std::string::npos) return otherwise;
    at = text.find_first_not_of(": \n\r\t", at + key.size() + 2);
    if (text[at] == '"') return text.substr(at + 1, text.find('"', at + 1) - at - 1);
    return text.substr(at, text.find_first_of(",}\n\r ", at) - at);
}

// Days since 1970-01-01 of a proleptic Gregorian date.
inline std::int64_t days(int year, int month, int day) {
    int y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return std::int64_t{era} * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Seconds since 1970 of an ISO date (16:00 UTC) or a UTC date-time.
inline double instant(std::string_view text) {
    int year, month, day, hour = 16, minute = 0, second = 0;
    std::string s(text);
    int found = std::sscanf(s.c_str(), "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second);
    if (found != 3 && (found != 6 || s.back() != 'Z')) refuse("not a UTC time: " + s);
    return static_cast<double>(days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second);
}

inline std::unordered_map<std::string_view, int> names_of(const auto& rows) {
    std::unordered_map<std::string_view, int> index;
    index.reserve(rows.size() * 2);
    for (std::size_t i = 0; i < rows.size(); i++) index.emplace(rows[i].name, static_cast<int>(i));
    return index;
}

inline int find(const std::unordered_map<std::string_view, int>& index, std::string_view name) {
    auto found = index.find(name);
    if (found == index.end()) refuse("unknown name: " + std::string(name));
    return found->second;
}

inline ClearingSet read_clearing_set(const std::string& folder) {
    ClearingSet set;
    std::string run = read_file(folder + "/run.json");
    set.scenarios = std::atoll(json_value(run, "scenarios", "10000").c_str());
    set.seed = std::strtoull(json_value(run, "seed", "1").c_str(), nullptr, 10);
    set.confidence = number(json_value(run, "confidence", "0.99"));
    set.student_copula = json_value(run, "family", "") == "student-t";
    set.copula_nu = set.student_copula ? number(json_value(run, "nu", "")) : 0;
    if (json_value(run, "horizonDays", "1") != "1") refuse("the horizon is not one day");
    if (json_value(run, "ageing", "none") != "none") refuse("instruments age");
    double as_of = instant(json_value(run, "asOf", ""));

    Csv factors(folder + "/factors.csv");
    while (factors.next()) {
        auto marginal = factors.cell(factors.column("marginal"));
        auto kind = factors.cell(factors.column("kind"));
        if (marginal != "normal" && marginal != "student-t") refuse("a marginal other than normal and student-t");
        if (kind == "rate") refuse("a rate factor");
        set.factors.push_back({
            std::string(factors.cell(factors.column("factor"))),
            number(factors.cell(factors.column("level"))),
            number_or(factors.cell(factors.column("mean")), 0),
            number(factors.cell(factors.column("variance"))),
            marginal == "student-t",
            number_or(factors.cell(factors.column("nu")), 0)});
    }
    auto factor_index = names_of(set.factors);

    std::size_t count = set.factors.size();
    Csv correlation(folder + "/correlation.csv");
    set.correlation.resize(count * count);
    for (std::size_t row = 0; row < count; row++) {
        if (!correlation.next() || correlation.cell(0) != set.factors[row].name)
            refuse("correlation.csv is not in the order of factors.csv");
        for (std::size_t column = 0; column < count; column++)
            set.correlation[row * count + column] = number(correlation.cell(static_cast<int>(column) + 1));
    }

    Csv instruments(folder + "/instruments.csv");
    while (instruments.next()) {
        if (instruments.cell(instruments.column("type")) != "option") refuse("an instrument that is no option");
        if (instruments.cell(instruments.column("exercise")) == "american") refuse("an American option");
        if (!instruments.cell(instruments.column("rate_factor")).empty()) refuse("a rate factor");
        auto volatility_factor = instruments.cell(instruments.column("volatility_factor"));
        set.options.push_back({
            std::string(instruments.cell(instruments.column("instrument"))),
            find(factor_index, instruments.cell(instruments.column("underlying"))),
            volatility_factor.empty() ? -1 : find(factor_index, volatility_factor),
            instruments.cell(instruments.column("right")) == "call",
            number_or(instruments.cell(instruments.column("multiplier")), 1),
            number(instruments.cell(instruments.column("strike"))),
            (instant(instruments.cell(instruments.column("expiry"))) - as_of) / (365.0 * 86400.0),
            number(instruments.cell(instruments.column("volatility"))),
            number_or(instruments.cell(instruments.column("rate")), 0),
            number_or(instruments.cell(instruments.column("dividend_yield")), 0)});
    }
    auto option_index = names_of(set.options);

    Csv positions(folder + "/positions.csv");
    std::unordered_map<std::string, int> account_index;
    int account_column = positions.column("account"), instrument_column = positions.column("instrument");
    int quantity_column = positions.column("quantity"), account = -1;
    while (positions.next()) {
        auto name = positions.cell(account_column);
        if (account < 0 || set.accounts[static_cast<std::size_t>(account)] != name) {
            auto [entry, fresh] = account_index.emplace(name, static_cast<int>(set.accounts.size()));
            if (fresh) set.accounts.emplace_back(name);
            account = entry->second;
        }
        set.positions.push_back({
            account,
            find(option_index, positions.cell(instrument_column)),
            static_cast<float>(number(positions.cell(quantity_column)))});
    }
    return set;
}

}  // namespace peers
