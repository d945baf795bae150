// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A class describes only private members.
// expect: parley: only public members are encoded
// expect: member_list<account>

#include <parley/json.hpp>

#include <boost/describe.hpp>

class account {
#ifdef MISTAKE
    BOOST_DESCRIBE_CLASS(account, (), (), (), (balance))
#else
    BOOST_DESCRIBE_CLASS(account, (), (balance), (), ())

public:
#endif
    int balance = 0;

public:
    account() = default;
};

auto text(account const& a) { return parley::to_json(a); }
