What would keep a check busy is refused, or cut short.

  $ { cat $ONE; seq -f '  g%g: { create: true }' 8000; echo environments:; seq -f '  e%g: {}' 15000; } > many.yaml
  $ campaign-ims check many.yaml --format concise
  many.yaml:8018:1: error[yaml-limits] 15000 environments of 16029 nodes each are more than 250000 nodes together
  [1]
  $ sed "s/client_id: Campaign1/client_id: $(printf 'a\302\240%.0s' $(seq 20000))b/" $ONE > look-alikes.yaml
  $ campaign-ims check look-alikes.yaml --format json | grep -o '"rule":"[^"]*"' | sort | uniq -c | tr -s ' '
   20 "rule":"value-confusable"
  $ { cat $ONE; seq -f 'u%g: 1' 20000; } > unknown.yaml
  $ campaign-ims check unknown.yaml --format json | grep -o '"rule":"[^"]*"' | sort | uniq -c | tr -s ' '
   1000 "rule":"unknown-field"
