/** The demo's first account: a consultancy in London that builds and looks after software for ports, museums and utilities. */
import { customers, people, projects, teams, type Company } from "./company.ts";

export const harbour: Company = {
  slug: "harbour",
  name: "Harbour Consulting",
  region: "england",
  currency: "GBP",
  opened: "2025-09-01T08:30:00.000Z",
  people: people(`
    m01 | Margaret Oyelaran  | ADMIN           | england | t5     | -   | 12345 | quarters       | -          | 195 | -     | 148000
    m02 | Tomasz Wieczorek   | ADMIN           | england | t5     | m01 | 12345 | timer          | -          | -   | 46    | 78000
    m03 | Priya Raghunathan  | FINANCE         | england | t5     | m04 | 12345 | duration       | -          | -   | 38.5  | 61500
    m04 | Elinor Hughes      | MANAGER FINANCE | england | t5*    | m01 | 12345 | quarters       | -          | 140 | 55    | 94000
    m05 | Daniel Achterberg  | MANAGER         | england | t1*    | m01 | 12345 | timer          | -          | 150 | 58    | 98500
    m06 | Sofia Marchetti    | MANAGER         | england | t2*    | m01 | 12345 | quarters       | -          | 135 | 52    | 88000
    m07 | Kwame Boateng      | MANAGER         | england | t3*    | m01 | 12345 | timer          | -          | 145 | 56    | 95000
    m08 | Niamh Gallagher    | MANAGER         | england | t4* t1 | m01 | 12345 | timer nights   | -          | 130 | 50    | 84000
    m09 | Oliver Pemberton   | EMPLOYEE        | england | t1     | m05 | 12345 | timer          | -          | 110 | 42    | 68000
    m10 | Aisha Rahman       | EMPLOYEE        | england | t1     | m05 | 12345 | quarters       | -          | 115 | 43.5  | 70500
    m11 | Lukas Brandt       | EMPLOYEE        | england | t1     | m05 | 12345 | timer          | -          | 105 | 39    | 63000
    m12 | Chloe Nakamura     | EMPLOYEE        | england | t1 t3  | m05 | 12345 | timer          | -          | 112 | 42    | 68500
    m13 | Rhys Llewellyn     | EMPLOYEE        | england | t1     | m05 | 1245  | quarters       | -          | 108 | 40    | 52000
    m14 | Zainab Yusuf       | EMPLOYEE        | england | t1     | m05 | 12345 | timer          | 2026-02-02 | -   | 21    | 33000
    m15 | Beatrix Thorne     | EMPLOYEE        | england | t2     | m06 | 12345 | quarters       | -          | 98  | 37    | 59000
    m16 | Mateo Fuentes      | EMPLOYEE        | england | t2     | m06 | 12345 | timer          | -          | 95  | 35.5  | 57000
    m17 | Hannah Sørensen    | EMPLOYEE        | england | t2 t1  | m06 | 12345 | timer          | -          | 104 | 39.5  | 64000
    m18 | Imogen Clarke      | EMPLOYEE        | england | t2     | m06 | 123   | duration       | -          | 92  | 34    | 33500
    m19 | Rajesh Iyer        | EMPLOYEE        | england | t3     | m07 | 12345 | timer          | -          | 120 | 45    | 73000
    m20 | Fiona MacAllister  | EMPLOYEE        | england | t3     | m07 | 12345 | quarters       | -          | 118 | 44    | 71500
    m21 | Wei Zhang          | EMPLOYEE        | england | t3     | m07 | 12345 | timer          | -          | 114 | 43    | 69000
    m22 | Théo Lefèvre       | EMPLOYEE        | england | t3 t4  | m07 | 12345 | timer nights   | -          | 109 | 40.5  | 65500
    m23 | Grace Adeyemi      | EMPLOYEE        | england | t3     | m07 | 12345 | quarters       | 2026-05-11 | 88  | 31    | 49000
    m24 | Callum Fraser      | EMPLOYEE        | england | t4     | m08 | 12345 | timer nights   | -          | 90  | 33    | 53000
    m25 | Leila Haddad       | EMPLOYEE        | england | t4     | m08 | 12345 | timer nights   | -          | 90  | 33    | 53500
    m26 | Arjun Patel        | EMPLOYEE        | england | t4     | m08 | 12345 | quarters nights | -         | 86  | 31.5  | 50500
    m27 | Maeve O'Sullivan   | EMPLOYEE        | england | t4     | m08 | 12345 | timer          | -          | 84  | 30.5  | 48500
    m28 | Samuel Green       | EMPLOYEE        | england | t4     | m08 | 2345  | quarters       | -          | 82  | 30    | 38000
    m29 | Yasmin Begum       | EMPLOYEE        | england | t5     | m04 | 12345 | duration       | -          | -   | 26    | 41000
    m30 | Gareth Pryce       | EMPLOYEE        | england | -      | m05 | 134   | duration nosheets | -       | 125 | 85    | -
  `),
  teams: teams(`
    t1 | Platform
    t2 | Design
    t3 | Data
    t4 | Support
    t5 | Office
  `),
  customers: customers(`
    c1 | Medway Port Authority     | GBP | -
    c2 | Northmoor Water           | GBP | 118
    c3 | The Tidewater Museum      | GBP | 95
    c4 | Castellan Insurance       | GBP | -
    c5 | Maasland Terminals BV     | EUR | 140
    c6 | Orchard Street Clinics    | GBP | 102
    c7 | Fenwick & Daughters       | GBP | -
    c8 | Lantern Rail              | GBP | 125
  `),
  projects: projects(`
    p01 | Berth booking              | build   | c1 | t1 t2 | -          | -          | open     | 620000 | 128
    p02 | Pilot rota                 | build   | c1 | t1    | 2026-01-12 | -          | open     | 180000 | -
    p03 | Port services desk         | support | c1 | t4    | -          | -          | open     | 210000 | -
    p04 | Leak early warning         | data    | c2 | t3    | -          | -          | open     | 240000 | -
    p05 | Meter readings portal      | build   | c2 | t1 t2 | -          | 2026-04-30 | archived | 185000 | 122
    p06 | Meter portal care          | support | c2 | t4    | 2026-05-01 | -          | open     | 90000  | 94
    p07 | Collections on line        | design  | c3 | t2 t1 | -          | -          | open     | 230000 | -
    p08 | Visitor numbers            | data    | c3 | t3    | -          | 2026-02-27 | archived | 42000  | -
    p09 | Claims triage              | data    | c4 | t3 t1 | 2025-11-17 | -          | open     | 640000 | 145
    p10 | Broker portal redesign     | design  | c4 | t2    | -          | 2026-06-30 | archived | 88000  | 110
    p11 | Quay crane telemetry       | data    | c5 | t3 t4 | -          | -          | open     | 590000 | -
    p12 | Gate appointments          | build   | c5 | t1    | -          | -          | open     | 380000 | 136
    p13 | Appointments by text       | build   | c6 | t1    | 2026-03-02 | -          | open     | 125000 | -
    p14 | Clinic help desk           | support | c6 | t4    | -          | -          | open     | -      | -
    p15 | Shop and stock             | build   | c7 | t1 t2 | -          | 2026-01-30 | archived | 60000  | 104
    p16 | Delay forecast             | data    | c8 | t3    | 2025-12-01 | -          | open     | 260000 | -
    p17 | Timetable screens          | design  | c8 | t2    | 2026-04-13 | -          | open     | 110000 | 112
    p18 | Own website                | design  | -  | t2    | -          | -          | open     | 18000  | -
    p19 | Books and payroll          | office  | -  | t5    | -          | -          | open     | -      | -
    p20 | Running the company        | office  | -  | -     | -          | -          | open     | -      | -
  `),
};
