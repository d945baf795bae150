# Sourced by other scripts. need_packages installs missing Debian packages and prints their names.
need_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "These Debian packages are missing; install them as root:" >&2
        echo "    apt-get install$missing" >&2
        exit 1
    fi
    echo "Installing these Debian packages:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

base_packages="g++ libboost1.81-dev libcurl4-openssl-dev libssl-dev zlib1g-dev meson ninja-build pkg-config doctest-dev"
