"""The interview on a whole terminal screen. Widgets compose, react and post; what happens is decided below."""
