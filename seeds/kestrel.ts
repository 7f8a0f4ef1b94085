/** The demo's second account: forecasters in New York, with an office in Berlin that works and is paid in euros. */
import { customers, people, projects, teams, type Company } from "./company.ts";

export const kestrel: Company = {
  slug: "kestrel",
  name: "Kestrel Analytics",
  region: "new-york",
  currency: "USD",
  opened: "2025-09-15T14:00:00.000Z",
  people: people(`
    m01 | Denise Whitaker    | ADMIN         | new-york | -      | -   | 12345 | quarters       | -          | 240 | -    | 210000
    m02 | Hiroshi Tanaka     | FINANCE       | new-york | -      | m01 | 12345 | duration       | -          | -   | 62   | 118000
    m03 | Marcus Bell        | ADMIN MANAGER | new-york | t3*    | m01 | 12345 | timer          | -          | 205 | 78   | 152000
    m04 | Rosa Delgado       | MANAGER       | new-york | t1*    | m01 | 12345 | quarters       | -          | 210 | 80   | 158000
    m05 | Ethan Goldberg     | MANAGER       | new-york | t2*    | m01 | 12345 | timer          | -          | 200 | 76   | 150000
    m06 | Simone Baptiste    | MANAGER       | new-york | t2*    | m05 | 12345 | timer          | -          | 190 | 72   | 141000
    m07 | Katharina Vogel    | MANAGER       | berlin   | t4* t1 | m01 | 12345 | timer          | -          | 155 | 59   | 98000
    m08 | Jamal Robinson     | EMPLOYEE      | new-york | t1     | m04 | 12345 | timer          | -          | 175 | 66   | 128000
    m09 | Mei-Ling Chen      | EMPLOYEE      | new-york | t1     | m04 | 12345 | timer          | -          | 180 | 68   | 133000
    m10 | Patrick Donnelly   | EMPLOYEE      | new-york | t1     | m04 | 12345 | quarters       | -          | 165 | 61   | 118500
    m11 | Anjali Deshmukh    | EMPLOYEE      | new-york | t1 t2  | m04 | 12345 | timer          | -          | 178 | 67   | 130000
    m12 | Tyler Nakai        | EMPLOYEE      | new-york | t1     | m04 | 1234  | quarters       | -          | 160 | 58   | 90000
    m13 | Carmen Villanueva  | EMPLOYEE      | new-york | t1     | m04 | 12345 | timer          | 2026-01-05 | -   | 38   | 72000
    m14 | Brandon Kowalski   | EMPLOYEE      | new-york | t2     | m05 | 12345 | timer nights   | -          | 170 | 64   | 124000
    m15 | Shira Feldman      | EMPLOYEE      | new-york | t2     | m05 | 12345 | timer          | -          | 172 | 65   | 126000
    m16 | Darnell Hayes      | EMPLOYEE      | new-york | t2     | m05 | 12345 | quarters       | -          | 168 | 62   | 121000
    m17 | Nguyen Thi Lan     | EMPLOYEE      | new-york | t2 t3  | m06 | 12345 | timer nights   | -          | 166 | 62   | 120000
    m18 | Joseph Sandoval    | EMPLOYEE      | new-york | t2     | m06 | 12345 | timer nights   | -          | 158 | 57   | 112000
    m19 | Abigail Winters    | EMPLOYEE      | new-york | t2     | m06 | 12345 | quarters       | 2026-06-01 | 130 | 48   | 94000
    m20 | Luis Carrasco      | EMPLOYEE      | new-york | t3     | m03 | 12345 | quarters       | -          | 140 | 52   | 99000
    m21 | Deborah Stein      | EMPLOYEE      | new-york | t3     | m03 | 12345 | timer          | -          | 144 | 54   | 103000
    m22 | Kofi Mensah        | EMPLOYEE      | new-york | t3     | m03 | 12345 | timer nights   | -          | 138 | 51   | 97000
    m23 | Heather Blackwood  | EMPLOYEE      | new-york | t3     | m03 | 235   | duration       | -          | 136 | 50   | 58000
    m24 | Jonas Richter      | EMPLOYEE      | berlin   | t4     | m07 | 12345 | timer          | -          | 125 | 47   | 76000
    m25 | Elif Yıldız        | EMPLOYEE      | berlin   | t4     | m07 | 12345 | timer nights   | -          | 122 | 45   | 73500
    m26 | Matthias Krüger    | EMPLOYEE      | berlin   | t4 t2  | m07 | 12345 | quarters       | -          | 128 | 48   | 78000
    m27 | Agnieszka Nowak    | EMPLOYEE      | berlin   | t4     | m07 | 12345 | timer          | -          | 118 | 43   | 70000
    m28 | Amadou Diallo      | EMPLOYEE      | berlin   | t4     | m07 | 12345 | timer          | 2026-03-16 | 110 | 40   | 64000
    m29 | Greta Lindqvist    | EMPLOYEE      | berlin   | t4     | m07 | 1234  | quarters       | -          | 116 | 42   | 55000
    m30 | Vincent Moreau     | EMPLOYEE      | new-york | -      | m05 | 245   | duration nosheets | -       | 185 | 130  | -
  `),
  teams: teams(`
    t1 | Forecasting
    t2 | Engineering
    t3 | Field
    t4 | Berlin
  `),
  customers: customers(`
    c1 | Hudson Valley Growers      | USD | 160
    c2 | Interstate Parcel          | USD | -
    c3 | Great Lakes Energy         | USD | 185
    c4 | Bayside Hospitals          | USD | -
    c5 | Stadtwerke Lindenau        | EUR | 125
    c6 | Nordlicht Reederei         | EUR | -
    c7 | Calloway Foods             | USD | 155
    c8 | City of Portsmouth Falls   | USD | 140
  `),
  projects: projects(`
    p01 | Orchard frost model        | data    | c1 | t1 t3 | -          | -          | open     | 600000 | -
    p02 | Soil probe network         | survey  | c1 | t3    | -          | -          | open     | 390000 | 138
    p03 | Parcel volume forecast     | data    | c2 | t1    | -          | -          | open     | 460000 | 190
    p04 | Depot planner              | build   | c2 | t2    | 2025-12-08 | -          | open     | 420000 | -
    p05 | Planner night desk         | support | c2 | t2 t3 | -          | -          | open     | 430000 | 150
    p06 | Wind yield outlook         | data    | c3 | t1 t4 | -          | -          | open     | 700000 | -
    p07 | Turbine inspection rounds  | survey  | c3 | t3    | -          | 2026-05-29 | archived | 98000  | 145
    p08 | Outage map                 | build   | c3 | t2    | 2026-02-09 | -          | open     | 300000 | -
    p09 | Bed demand                 | data    | c4 | t1    | -          | -          | open     | 300000 | 195
    p10 | Ward dashboard             | build   | c4 | t2    | -          | 2026-03-31 | archived | 120000 | 175
    p11 | Heat load forecast         | data    | c5 | t4    | -          | -          | open     | 280000 | -
    p12 | Meter survey Lindenau      | survey  | c5 | t4    | 2026-01-19 | -          | open     | 115000 | 98
    p13 | Fleet arrival times        | data    | c6 | t4 t1 | -          | -          | open     | 500000 | 132
    p14 | Bridge display             | build   | c6 | t4 t2 | 2026-04-07 | -          | open     | 400000 | -
    p15 | Promotion effects          | data    | c7 | t1    | -          | 2025-12-19 | archived | 45000  | -
    p16 | Shelf count app            | build   | c7 | t2    | -          | -          | open     | 540000 | 165
    p17 | Storm drain census         | survey  | c8 | t3    | -          | -          | open     | 150000 | -
    p18 | Snow desk                  | support | c8 | t3 t2 | -          | 2026-04-10 | archived | 240000 | 150
    p19 | Own data platform          | build   | -  | t2 t4 | -          | -          | open     | 60000  | -
    p20 | Running the company        | office  | -  | -     | -          | -          | open     | -      | -
  `),
};
