"""Copula variate to standardised innovation, y(x) = F⁻¹(C(x)), as a table of y/x over s = x/(SCALE + |x|)."""
import math

import numpy as np

SCALE = 4.0


def log_density(nu):
    """Of Student's t, as a function of x; ν = 0 is the normal."""
    nu = np.asarray(nu, dtype=float)
    gamma = np.vectorize(math.lgamma, otypes=[float])
    safe = np.where(nu == 0, 1.0, nu)
    constant = np.where(nu == 0, -0.5 * np.log(2 * np.pi), gamma((safe + 1) / 2) - gamma(safe / 2) - 0.5 * np.log(safe * np.pi))
    return lambda x: constant - np.where(nu == 0, x * x / 2, (safe + 1) / 2 * np.log1p(x * x / safe))


def ratios(copula_nu, nu, cells=1024):
    """y/x at s = 0, 1/cells, … up to 31/32, held constant beyond: [factor, cells + 1].

    y solves dy/dx = c(x)/f(y) with y(0) = 0; both distributions are symmetric. One Runge–Kutta step of fourth order a cell.
    """
    nu = np.asarray(nu, dtype=float)
    scale = np.where(nu == 0, 1.0, np.sqrt(np.maximum(nu - 2, 0) / np.maximum(nu, 1)))
    h = 1 / cells
    copula, marginal = log_density(copula_nu), log_density(nu)

    def slope(s, y):
        return np.exp(copula(SCALE * s / (1 - s)) - marginal(y)) * SCALE / (1 - s) ** 2

    table = np.empty((nu.size, cells + 1))
    y = np.zeros(nu.size)
    table[:, 0] = np.exp(copula(0.0) - marginal(np.zeros(nu.size)))
    last = cells * 31 // 32
    for i in range(1, last + 1):
        s = (i - 1) * h
        k1 = slope(s, y)
        k2 = slope(s + h / 2, y + h / 2 * k1)
        k3 = slope(s + h / 2, y + h / 2 * k2)
        k4 = slope(s + h, y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        table[:, i] = y * (1 - i * h) / (SCALE * i * h)
    table[:, last + 1:] = table[:, last:last + 1]
    return table * scale[:, None]
