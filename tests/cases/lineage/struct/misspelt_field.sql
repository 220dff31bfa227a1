--@ table d.t(decision STRUCT<outcome STRING, code INT64>)
SELECT e.decision.outcom AS o FROM d.t AS e
--> select
--> reads d.t
--> o <- nothing
--> unknown d.t:decision.outcom
