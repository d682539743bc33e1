/** 2,048 common English words of three to nine letters, a to z only: 11 bits each. */
export const englishWords: readonly string[] = `
  able absorb accept acorn actor adapt admire adopt agate agent agree ahead airy album alder
  alert algae alive alley allow almond alpaca alphabet amber ample amuse anchor angle ankle
  answer anthem antique antler anvil appear applaud apple apricot apron apt arbor arch archer
  archive area arena arm arrange arrive arrow article artist ash ask aspen assemble assist aster
  atlas attend attic auburn aunt author autumn avenue avocado awake award aware axle azure
  backpack bacon badge badger bagel bake baker bakery balance balcony ball ballad ballet balloon
  balm bamboo banana band banjo banner barber barista bark barley barn barrel basement basic
  basil basin basket bass bat bath bathe baton bay beach beacon bead beagle beam bean bear beard
  bed bedroom bee beech beehive beet beetle begin believe bell belong belt bench berry bicycle
  bike binder birch bird biscuit bison blackbird blanket blaze blazer blend block bloom blossom
  blouse blue bluebird board boardwalk boat bobcat bold bolt bone bonnet book bookcase booklet
  bookshop boot border bottle boulder bounce bouquet bow bowl box bracket braid branch brass
  brave bread breeze brick bridge bridle brief bright bring brisk broad brook broom broth brother
  brown brunch brush bubble bucket buckle bud buffalo bugle build builder bulb bundle bunny buoy
  burrow bus bush butler butter butterfly button buzzard cabbage cabin cabinet cable cactus cafe
  cake calendar calf calm camel camera camp campus canal canary candid candle candlelit candy
  canoe canopy canvas canyon cape capital captain caramel caravan card cardinal careful cargo
  caribou carnival carpet carrot carry cart carton carve cascade cashew cashmere castle cat
  catalog catch caterer catfish cave cedar celebrate celery cellar cello cement central ceramic
  cereal chain chair chalk chamber channel chapel chaplain chapter charcoal chariot charm chart
  cheddar cheer cheese cheetah cherry chess chest chestnut chicken chief chime chimney chisel
  choir choose chorus cider cinema cinnamon circle circus citrus city cityscape civic clam clap
  classic clay clean clear clever cliff climate climb cloakroom clock clockwork cloud cloudy
  clove clover coach coal coast coat cobalt cobble cobbler cocoa coconut coffee coil coin
  coleslaw collar collect colony column comb combine comedy comet comic compass compose composer
  concert condor cone connect cook cookbook cookie cool copper copy coral cord cordial cork corn
  corner cosmos cosy cottage cotton couch cougar count coupon courtyard cousin cove cowbell
  coyote crab cradle crane crater crayon cream create creative creek crest cricket crimson crisp
  crocus crop cross crossword crow crown cruise cruiser crumb crystal cube cuckoo cup cupboard
  cupcake curious curl curtain curve cushion custard cutlery cycle cymbal cypress daffodil dahlia
  daily dairy daisy dance dapper daring date dawn daylight dazzle decade decent decide deck deep
  deer deliver delta denim depot desert design desk dew dial diamond diary diner dinner diploma
  dipper direct discover dishcloth disk dive dock doctor dolphin dome donkey door doorbell
  doormat doorway double dough dove dragon draw drawer dream dreamy dress drift driftwood drill
  drive drizzle drum drummer duck duet dugout dumpling dune dusk dust duvet eager eagle early
  earn earring earth easel east easy echo eclipse eel elbow elder elegant elephant elk elm ember
  emblem emerald emu energy engine engineer enjoy enter envelope equal equator ermine escort
  evening evergreen ewe exact explain explore express extra eyebrow fabric fair faithful falcon
  family famous fancy farm farmer fast feast feather fedora fence fennel fern ferret ferry
  festive fetch fiction fiddle field fig figure fill filter finch find fine finger finish fir
  fire firefly firewood firm fish fjord flag flagship flame flannel flask flatiron fleece fleet
  flint float flock flour flower fluffy flute foal foam fog fold folder follow fond footprint
  forest forge fork formal fortress fossil fox foyer fragrance frame frank freckle free freeze
  freight fresco fresh friend friendly fringe frog frost frosty fruit fudge full funnel funny fur
  furrow gable gadget galaxy galleon gallery galley gallop garage garden gardener garland garlic
  garnet gate gather gazebo gazelle gearbox gecko gem general genius gentle genuine geology
  geyser giant gift giggle ginger gingham giraffe give glacier glad glade glass glen glide glider
  glisten globe glove glow glue goat goblet goblin goggles gold golden gondola good goose gopher
  gorge gown grain granary grand granite granola grape graph grass gravel gravy great green
  greenery grid griddle grill grocer groove grotto ground grove grow guardian guava guess guide
  guitar gulf gull gumdrop gym gyroscope habit habitat hail haircut hall hallway halo hamlet
  hammer hammock hamster hand handbag handle handy hangar happy hardy hare harmonica harmony
  harness harp harvest hat hatch hatchet haven hawk hay haystack hazel head headlamp hear hearth
  hearty heather hedge heel heirloom helmet help helper helpful hen herald herb herbal herd
  hermit heron herring hickory hidden highway hike hill hinge hippo hive hobby hockey hold
  holiday hollow holly home homework honest honey honeycomb hood hoof hook hoop hop hopeful
  horizon horn horse horseshoe hose host hotel hound hour house hug huge hum humble humming hut
  hyacinth hydrant hyena iceberg iceboat icing icon ideal igloo iguana imagine improve inch
  include indigo inkwell inlet inner insect invent invite invoice iris iron island ivory ivy
  jacket jackpot jade jaguar jam jar jasmine javelin jay jazz jeans jelly jellyfish jersey jet
  jewel jigsaw jockey jog join joker jolly journal journey jovial joy jubilee judge jug juggle
  juice jump jumper jungle junior juniper jury kale kangaroo kayak keen keep keeper kelp kernel
  kettle key keyring keystone kiln kilt kimono kind kindly king kingdom kinship kiosk kitchen
  kite kitten kiwi knee knight knit knot know koala label lace ladder ladle lady ladybug lagoon
  lake lamb lamp landmark lantern lapel larch large lark lasting latch lattice laugh launch
  laundry laurel lawn layer lead leaf leafy learn leather ledge leek legend lemon lemonade lemur
  lend lens lentil leopard letter lettuce level lever librarian library lichen lift light lighter
  likely lilac lily limb limber lime linen liner linger lining lion listen listener little live
  lively lizard llama loaf lobby lobster local locket lofty log long look loose lotus loud lounge
  love loyal lucky luggage lullaby lumber lunar lunch lupin lute lynx lyric macaw machine
  magazine magenta magic magnet magnolia magpie mailbox mailman major make mallard mallet mammoth
  manatee mandolin mango manor mantle maple marble march margin marigold marina market marmalade
  marmot maroon marsh marvel mascot mask mason mast mat match matrix mattress meadow measure
  meatball medal medley meerkat meet mellow melodic melody melon memory mend mentor menu merchant
  merit merlin mermaid merry mesh message metal meteor metro midday midwife mighty mild mile milk
  mill miller mimosa mineral mingle minnow minor minstrel mint minute mirror mist misty mitten
  mix model modern modest mole moment monarch monkey monsoon moon moonbeam moose moral morning
  mosaic moss moth motor motorbike mouse move muesli muffin mug mule mural museum mushroom music
  musical mussel mustard myrtle napkin napper narrow narwhal nation native natural nature navy
  near neat nebula neck nectar needle neon nephew nest net nettle neutral new newt nice nickel
  nimble noble noodle noon normal north nose notebook notice novel novice nugget number nursery
  nutmeg oak oar oasis oat oatmeal observer obtain ocean ocelot octagon octave octopus offer
  office olden olive omelet onion onyx opal open opera orange orbit orchard orchid order orderly
  organ origami oriole ornament osprey ostrich otter outer outfit oval oven owl oxbow oxygen
  oyster pack packet paddle paddock page pagoda paint paintbox palace palette palm pancake panda
  panel panther pantry papaya paper paprika parade parasol parcel parchment park parrot parsley
  parsnip partner party passage passport pasta pastel pastime pastry pasture patch path pathway
  patient patio patron pattern pause pavilion peach peacock peak peanut pear pearl pebble pecan
  pedal pelican pen pencil pendant penguin penny peony pepper perch perfect perform perfume petal
  petunia pheasant physics piano pick picket pickle picnic picture pier pigeon pilgrim pillar
  pillow pilot pine pineapple pink pinwheel pioneer pipe pirate pitcher pixel pizza placid plain
  plan planet plank plant plaster plate platter play playful plaza plum plumage plumber plume
  plush pocket poem poet polar pole polish polite polka pollen poncho pond ponder pony poodle
  popcorn poplar poppy popular porcelain porch porridge portal portrait postbox postman potato
  potter pouch poultry pour powder practice prairie precise prepare present pretty pretzel prime
  prince printer prism prize project promise proper propose proud proverb provide province prune
  public publish pudding puddle puffin pull pulley puma pump pumpkin pupil puppet puppy pure
  purple push puzzle pyramid python quail quarry quart quartz queen quest quiche quick quicken
  quiet quill quilt quince quiver quiz quote rabbit raccoon racket radar radio radish raft rail
  railway rain rainbow raincoat raisin ram ranch ranger rapid rapids rare rattle raven ravine
  reach reactor read ready real recall recipe record rectangle red reed reef regal regular
  reindeer relax relay relic relish remain repair repeat reply rescue resort rest return reunion
  reveal revive rhubarb ribbon rice rich riddle ride rider ridge rigid ring ringlet rink ripe
  ripple rise river riverbank road roadside roam roast robe robin robot robust rocket rodeo
  roller roof room roomy rooster root rope rose rosebud rosy rotor round route rover row rowboat
  royal ruby rudder rug rugged ruler run runner rural rust rustic rye saddle safe saffron saga
  sage sail sailboat sailor salad salmon salsa salt salute sand sandal sandpiper sandwich sandy
  sapling sardine satchel satin sauce saucer sauna savanna save scale scallop scarf scarlet
  scatter scene scenic scholar school science scissors scone scooter scout screen scribe scroll
  sea seagull seahorse seal search seaside season seat seaweed secret seed seek send sentence
  sequin serene sesame settle shade shadow shake shampoo share shark shawl shed sheep sheet shelf
  shell shelter shepherd sherbet sheriff shield shine shiny ship shirt shoe shoelace shore short
  shovel show shower shrimp shrub shuttle signal signpost silent silk silky silver simple sincere
  sing singer siren sister sit skate sketch ski skill skip skirt sky skylark skyline slate sled
  sleek sleep sleepy sleet sleeve slender slide slim slipper slope sloth slow small smart smell
  smile smoke smooth smoothie snail sneeze snow snowdrop snowman snowy snug soap soar soccer sock
  sofa soft soil solar solid solve sonata songbird sonnet soprano sorbet sort sound soup south
  spade spaghetti spaniel spare spark sparrow spatula speak speaker special spectrum speedy spell
  sphere spice spicy spider spin spinach spiral spire splash sponge spool spoon spring sprinkle
  sprout spruce squash squid stable stadium stage stairs stallion stamp stand star starlight
  stately station statue stay steady steam steel steer stem step stereo sterling stew stilt
  stirrup stocking stone stool stopwatch stork storm story storybook stove straw stream street
  stretch string stripe stroll student studio study sturdy subtle suede sugar suit summer summit
  sun sunbeam sundial sunlight sunny sunrise sunset super superb supple sure surf swallow swamp
  swan sweater sweet swift swim swing symbol syrup table tablet tadpole tailor talent talk tall
  tame tangerine tangle tango tangy tank tapestry target tarp tart tassel taste tasty taxi tea
  teach teacher teacup teal team teapot tell temple tempo tender tennis tent terrace textbook
  thank theorem thicket thimble thirsty thistle thread thrive throne thunder thyme ticket tide
  tidy tiger tile timber tinsel tiny title toad toast toaster toboggan toffee tomato tool toolbox
  top topaz topsoil torch tornado toss toucan touch tough towel tower town toy track tractor
  trade trail train tranquil trapeze travel tray treat tree treetop trellis trench trendy
  triangle tribe tribute tricycle trident trophy trout trowel truck true truffle trumpet trunk
  trust trusty try tuba tugboat tulip tumble tumbler tuna tundra tunic tunnel turbine turkey turn
  turnip turnstile turquoise turret turtle tuxedo twig twilight twin type ukulele uncle unfold
  unicorn uniform union unite universe unwrap upbeat uphold upland upper uptown urban urchin use
  useful usher usual utensil valid valley value valve van vanilla variety vase vast vault vega
  veil velvet velvety vendor veranda verse vessel vest viaduct vicar victory village vine
  vineyard vinyl viola violet violin visit visitor visor vista vivid voice volcano volley voyage
  voyager waffle wagon wait waiter wake walk wall wallet walnut walrus waltz wander warbler
  wardrobe warehouse warm warmth wash washer wasp watch water wave wavy wealthy weather weave
  weaver wedge week weekend welcome wetland wheat wheel whirl whisker whisper whistle white whole
  wicker wide widget wild willing willow wind window windsock windy wing wink winter wisdom wise
  wish witty wolf wonder wood wooden woody wool woolen work worker workshop wrap wreath wren
  write writer yacht yak yam yard yarn yawn year yearbook yeast yellow yodel yogurt yolk young
  yoyo zebra zenith zesty zigzag zinc zipper zodiac zone
`
  .trim()
  .split(/\s+/)
