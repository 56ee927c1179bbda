// Draws, correlation and the day's return of every factor in one tile of scenarios: [factor, scenario].
#pragma once

#include "../common/replay.hpp"
#include "plan.hpp"
#include "vector.hpp"

// Philox4x32-10 (Salmon et al. 2011), sixteen counters side by side.
inline void philox(const std::uint32_t (&counter)[4][16], std::uint32_t key0, std::uint32_t key1, std::uint32_t (&words)[4][16]) {
    std::uint32_t x0[16], x1[16], x2[16], x3[16];
    for (int i = 0; i < 16; i++) x0[i] = counter[0][i], x1[i] = counter[1][i], x2[i] = counter[2][i], x3[i] = counter[3][i];
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 16; i++) {
            std::uint64_t p = std::uint64_t{x0[i]} * 0xD2511F53u, q = std::uint64_t{x2[i]} * 0xCD9E8D57u;
            std::uint32_t y0 = static_cast<std::uint32_t>(q >> 32) ^ x1[i] ^ key0, y2 = static_cast<std::uint32_t>(p >> 32) ^ x3[i] ^ key1;
            x1[i] = static_cast<std::uint32_t>(q);
            x3[i] = static_cast<std::uint32_t>(p);
            x0[i] = y0;
            x2[i] = y2;
        }
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    for (int i = 0; i < 16; i++) words[0][i] = x0[i], words[1][i] = x1[i], words[2][i] = x2[i], words[3][i] = x3[i];
}

// 64 words to 64 normals by Box and Muller; the loops vectorise through libmvec.
inline void box_muller(const std::uint32_t (&words)[4][16], float* normals) {
    for (int pair = 0; pair < 2; pair++) {
        float radius[16], angle[16];
        const std::uint32_t *u = words[2 * pair], *v = words[2 * pair + 1];
        float* z = normals + 32 * pair;
        for (int i = 0; i < 16; i++) {
            // Signed conversions: one instruction.
            float p = (static_cast<float>(static_cast<std::int32_t>(u[i] >> 1)) + 0.5f) * 4.6566128730774e-10f;
            radius[i] = std::sqrt(std::max(-2.0f * std::log(p), 0.0f));
            angle[i] = static_cast<float>(static_cast<std::int32_t>(v[i])) * 1.46291807926716e-9f;
        }
        for (int i = 0; i < 16; i++) z[i] = radius[i] * std::cos(angle[i]);
        for (int i = 0; i < 16; i++) z[i + 16] = radius[i] * std::sin(angle[i]);
    }
}

class ScenarioTile {
public:
    ScenarioTile(const Plan& plan, const peers::ClearingSet& set)
        : plan_(plan), set_(set), variates_(rows()), up_(rows()), down_(rows()), shocks_(rows()), mixing_(kWidth), ones_(kWidth) {
        for (std::size_t i = 0; i < variates_.size; i++) variates_[i] = 0;
        for (int s = 0; s < kWidth; s++) ones_[s] = 1;
    }

    void draw(std::int64_t tile) {
        std::uint32_t counter[4][16], words[4][16];
        for (int i = 0; i < 16; i++) {
            counter[1][i] = static_cast<std::uint32_t>(tile);
            counter[2][i] = static_cast<std::uint32_t>(i);
            counter[3][i] = 0;
        }
        for (int factor = 0; factor < plan_.factors; factor++) {
            for (int i = 0; i < 16; i++) counter[0][i] = static_cast<std::uint32_t>(factor);
            philox(counter, key0(), key1(), words);
            box_muller(words, variates_.at(static_cast<std::size_t>(factor) * kWidth));
        }
        if (set_.student_copula) draw_mixing(tile);
    }

    // In place from the last rows up: a row needs no row below it.
    void correlate() {
        for (int panel = plan_.padded_factors / kPanel - 1; panel >= 0; panel--) {
            const float* l = plan_.panels.at(plan_.panel_at[panel]);
            const float* z = variates_.at(0);
            v16 sum[kPanel][kVectors] = {};
            int columns = (panel + 1) * kPanel;
            for (int k = 0; k < columns; k++, l += kPanel, z += kWidth) {
                v16 zk[kVectors];
                for (int v = 0; v < kVectors; v++) zk[v] = load(z + 16 * v);
                for (int r = 0; r < kPanel; r++)
                    for (int v = 0; v < kVectors; v++) sum[r][v] += l[r] * zk[v];
            }
            for (int r = 0; r < kPanel; r++)
                for (int v = 0; v < kVectors; v++)
                    store(variates_.at(static_cast<std::size_t>(panel * kPanel + r) * kWidth + 16 * v), sum[r][v]);
        }
    }

    // Copula variate to log-return, and its exponentials.
    void evolve() {
        for (int factor = 0; factor < plan_.factors; factor++) {
            const float* table = plan_.marginal.at(static_cast<std::size_t>(factor) * 4 * kCells);
            std::size_t row = static_cast<std::size_t>(factor) * kWidth;
            for (int s = 0; s < kWidth; s += 16) {
                v16 x = load(variates_.at(row + s));
                if (set_.student_copula) x *= load(mixing_.at(s));
                v16 a = magnitude(x);
                v16 position = a * reciprocal(a + kMarginalScale) * static_cast<float>(kCells);
                v16i cell = __builtin_convertvector(position, v16i);
                v16 t = position - __builtin_convertvector(cell, v16);
                v16 ratio = lookup32(table + 3 * kCells, cell);
                ratio = ratio * t + lookup32(table + 2 * kCells, cell);
                ratio = ratio * t + lookup32(table + kCells, cell);
                ratio = ratio * t + lookup32(table, cell);
                v16 shock = x * ratio * plan_.deviation[factor] + plan_.mean[factor];
                v16 up = exponential(shock);
                store(shocks_.at(row + s), shock);
                store(up_.at(row + s), up);
                store(down_.at(row + s), reciprocal(up));
            }
        }
    }

    // Given shocks instead of drawn ones, from scenario `first` on; the tile's rest repeats the last.
    void replay(const peers::Scenarios& shocks, int first) {
        for (int factor = 0; factor < plan_.factors; factor++)
            for (int s = 0; s < kWidth; s++) {
                double shock = shocks.at(std::min(first + s, shocks.count - 1), factor);
                std::size_t i = static_cast<std::size_t>(factor) * kWidth + s;
                shocks_[i] = static_cast<float>(shock);
                up_[i] = static_cast<float>(std::exp(shock));
                down_[i] = static_cast<float>(std::exp(-shock));
            }
    }

    const float* shock(int factor) const { return shocks_.at(static_cast<std::size_t>(factor) * kWidth); }
    const float* up(int factor) const { return factor < 0 ? ones_.at(0) : up_.at(static_cast<std::size_t>(factor) * kWidth); }
    const float* down(int factor) const { return factor < 0 ? ones_.at(0) : down_.at(static_cast<std::size_t>(factor) * kWidth); }

private:
    std::size_t rows() const { return static_cast<std::size_t>(plan_.padded_factors) * kWidth; }
    std::uint32_t key0() const { return static_cast<std::uint32_t>(set_.seed); }
    std::uint32_t key1() const { return static_cast<std::uint32_t>(set_.seed >> 32); }

    // sqrt(ν/χ²) by Marsaglia and Tsang's gamma (2000); a block of 64 trials serves the tile and its rejections.
    void draw_mixing(std::int64_t tile) {
        double d = set_.copula_nu / 2 - 1.0 / 3, c = 1 / std::sqrt(9 * d);
        alignas(64) float normals[64];
        std::uint32_t counter[4][16], words[4][16], uniforms[4][16];
        int done = 0;
        for (std::uint32_t block = 0; done < kWidth; block++) {
            for (int i = 0; i < 16; i++) {
                counter[0][i] = 2 * block;
                counter[1][i] = static_cast<std::uint32_t>(tile);
                counter[2][i] = static_cast<std::uint32_t>(i);
                counter[3][i] = 1;
            }
            philox(counter, key0(), key1(), words);
            for (int i = 0; i < 16; i++) counter[0][i]++;
            philox(counter, key0(), key1(), uniforms);
            box_muller(words, normals);
            for (int i = 0; i < 64 && done < kWidth; i++) {
                double x = normals[i], v = 1 + c * x;
                if (v <= 0) continue;
                v = v * v * v;
                double u = (uniforms[i / 16][i % 16] + 0.5) * 0x1p-32;
                if (std::log(u) < 0.5 * x * x + d * (1 - v + std::log(v)))
                    mixing_[done++] = static_cast<float>(std::sqrt(set_.copula_nu / (2 * d * v)));
            }
        }
    }

    const Plan& plan_;
    const peers::ClearingSet& set_;
    Aligned<float> variates_, up_, down_, shocks_, mixing_, ones_;
};
