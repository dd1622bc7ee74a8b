//! Pending edits, each a charge event of its own, and their exact sum.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    along::{Along, Vary},
    amount::Amount,
    card::{
        decode::{self, Object, Problems},
        json::{self, Kind, Node},
    },
    check::{Judgement, Reason, Verdict, judge},
    error::{Code, Error, Path, Problem},
    estimate::{ByBalance, CardRef, bill},
    fit::{Fit, fit},
    limits::Limits,
    tariff::{SourceKind, Tariff},
    text::{Written, written},
    usage::{self, Usage},
};

/// Sums below it have 15 digits at most, which a double shows exactly.
pub(crate) const LIMIT: i64 = 1_000_000_000_000_000;

/// How many steps back [`Session::undo`] reaches, where not said otherwise.
const HISTORY: usize = 10_000;

/// What an editor has pending: priced edits, their exact sum, and the way back.
///
/// Each entry is a charge event of its own, rounded by itself, as it would be billed; so a total is a sum of whole
/// units of its balance's last decimal, and any number of changes and their undo end where they began.
///
/// ```
/// use credit_estimator::{Session, Tariff, Usage, cards};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let mut session = Session::new(&tariff);
/// let clip = session.add(Usage::new().with("clips", [5]))?;
/// assert_eq!(clip.delta.get("credits").unwrap().to_string(), "1.67");
/// session.update(&clip.ids[0], Usage::new().with("clips", [5, 3]))?;
/// assert_eq!(session.totals().get("credits").unwrap().to_string(), "2.67");
/// session.undo();
/// assert_eq!(session.totals().get("credits").unwrap().to_string(), "1.67");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Session<'t> {
    tariff: &'t Tariff,
    entries: BTreeMap<u64, Arc<Kept>>,
    places: BTreeMap<String, u64>,
    last_place: u64,
    last_name: u64,
    totals: Units,
    steps: VecDeque<Step>,
    /// How many of the steps are done; those after them are undone.
    done: usize,
    last_step: u64,
    history: usize,
    group: Option<String>,
    /// What the last step added.
    added: Units,
    limits: Limits,
}

/// The least and the most of each balance, in units of its last decimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Units(pub(crate) Vec<(i64, i64)>);

/// An entry, never changed: a change puts another one in its place.
#[derive(Debug)]
struct Kept {
    id: String,
    /// Its place in the list, kept when it is taken away and comes back.
    place: u64,
    usage: Usage,
    units: Units,
}

#[derive(Debug, Clone)]
struct Step {
    number: u64,
    group: Option<String>,
    moves: BTreeMap<String, Move>,
    units: Units,
}

#[derive(Debug, Clone)]
struct Move {
    before: Option<Arc<Kept>>,
    after: Option<Arc<Kept>>,
}

/// What became of some entries.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change<'t> {
    /// The entries concerned.
    pub ids: Vec<String>,
    /// By how much each total changed; within a group, since the group began. Where an entry's usage has a range, the
    /// least of it counts.
    pub delta: ByBalance<'t>,
    /// For [`Session::take_back`].
    pub step: u64,
}

/// What a change would come to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Preview<'t> {
    /// By how much each total would change.
    pub delta: ByBalance<'t>,
    /// What the totals would be.
    pub totals: ByBalance<'t>,
    /// What the totals would be at most.
    pub most: ByBalance<'t>,
    /// Whether that could be paid.
    pub verdict: Judgement<'t>,
}

/// A pending edit.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry<'s> {
    /// Its id.
    pub id: &'s str,
    /// What is to be made.
    pub usage: &'s Usage,
    /// What it comes to; where its usage has a range, the least.
    pub amounts: ByBalance<'s>,
    /// The most that it comes to.
    pub most: ByBalance<'s>,
}

/// A session as JSON: its entries, and the card that they are for. Serialized:
/// `{ card: { id, version? }, entries: [{ id, usage }] }`.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionState<'s>(CardRef<'s>, Vec<(&'s str, &'s Usage)>);

impl<'t> Session<'t> {
    /// Nothing pending yet.
    #[must_use]
    pub fn new(tariff: &'t Tariff) -> Self {
        Self {
            tariff,
            entries: BTreeMap::new(),
            places: BTreeMap::new(),
            last_place: 0,
            last_name: 0,
            totals: Units::zero(tariff),
            steps: VecDeque::new(),
            done: 0,
            last_step: 0,
            history: HISTORY,
            group: None,
            added: Units::zero(tariff),
            limits: Limits::default(),
        }
    }

    /// The same with limits on what may be spent.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.set_limits(limits);
        self
    }

    /// What may be spent has changed.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// The same with so many steps that can be undone, in place of 10,000.
    #[must_use]
    pub const fn with_history(mut self, steps: usize) -> Self {
        self.history = steps;
        self
    }

    /// Reads what [`Session::state`] wrote; every entry is priced anew.
    ///
    /// # Errors
    ///
    /// [`Code::OtherCard`] where the state is for another card or another version of it; what is wrong with its JSON,
    /// and every problem of an entry that cannot be priced, with the path to it.
    pub fn restore(tariff: &'t Tariff, state: &str) -> Result<Self, Error> {
        let mut session = Self::new(tariff);
        for (id, usage, path) in read_state(tariff, state)? {
            if session.places.contains_key(&id) {
                let problem = taken(&format!("{path}.id"), &id);
                return Err(problem.into());
            }
            let units =
                price(tariff, &usage).map_err(|error| error.within(&format!("{path}.usage")))?;
            let entry = session.keep(id, None, usage, units);
            session.put(&[Move {
                before: None,
                after: Some(entry),
            }])?;
        }
        Ok(session)
    }

    /// Adds a pending edit under an id of the session's choice.
    ///
    /// # Errors
    ///
    /// Where it cannot be priced, and [`Code::Overflow`] where a total would have more than 15 digits; nothing has
    /// changed then.
    pub fn add(&mut self, usage: Usage) -> Result<Change<'t>, Error> {
        let units = price(self.tariff, &usage)?;
        let mut name = self.last_name;
        let id = loop {
            name = name.saturating_add(1);
            let id = name.to_string();
            if !self.places.contains_key(&id) {
                break id;
            }
        };
        self.last_name = name;
        self.add_priced(id, usage, units)
    }

    /// Adds a pending edit under this id.
    ///
    /// # Errors
    ///
    /// [`Code::Duplicate`] where the id is taken, and as [`Session::add`].
    pub fn add_as(&mut self, id: &str, usage: Usage) -> Result<Change<'t>, Error> {
        if id.is_empty() {
            return Err(no_id("id").into());
        }
        if self.places.contains_key(id) {
            return Err(taken("id", id).into());
        }
        let units = price(self.tariff, &usage)?;
        self.add_priced(id.to_owned(), usage, units)
    }

    fn add_priced(&mut self, id: String, usage: Usage, units: Units) -> Result<Change<'t>, Error> {
        let entry = self.keep(id, None, usage, units);
        self.change(None, Some(entry))
    }

    /// Puts another usage in an entry's place.
    ///
    /// # Errors
    ///
    /// [`Code::UnknownEntry`] where there is no such entry, and as [`Session::add`].
    pub fn update(&mut self, id: &str, usage: Usage) -> Result<Change<'t>, Error> {
        let before = self.find(id)?;
        let units = price(self.tariff, &usage)?;
        let after = self.keep(id.to_owned(), Some(before.place), usage, units);
        self.change(Some(before), Some(after))
    }

    /// Takes an entry away.
    ///
    /// # Errors
    ///
    /// [`Code::UnknownEntry`] where there is no such entry.
    pub fn remove(&mut self, id: &str) -> Result<Change<'t>, Error> {
        let before = self.find(id)?;
        self.change(Some(before), None)
    }

    /// Takes every entry away; `None` where there is none.
    pub fn clear(&mut self) -> Option<Change<'t>> {
        let moves = self.entries.values().cloned().map(|entry| Move {
            before: Some(entry),
            after: None,
        });
        let moves = moves.collect();
        self.commit(moves, None).ok().flatten()
    }

    /// Changes from here on that follow one another in the same group are undone together, such as those of one drag.
    pub fn set_group(&mut self, group: Option<&str>) {
        self.group = group.map(str::to_owned);
    }

    /// What [`Session::update`], or [`Session::add`] without an id, would come to. Nothing is changed.
    ///
    /// # Errors
    ///
    /// As those.
    pub fn preview(&self, id: Option<&str>, usage: &Usage) -> Result<Preview<'t>, Error> {
        let before = id.map(|id| self.find(id)).transpose()?;
        let delta = price(self.tariff, usage)?.minus(before.as_ref().map(|entry| &entry.units));
        let totals = self.totals.plus(&delta);
        Ok(Preview {
            verdict: weigh(self.tariff, &totals, &delta, &self.limits),
            delta: delta.least(self.tariff),
            most: totals.most(self.tariff),
            totals: totals.least(self.tariff),
        })
    }

    /// What is pending, by balance; where something is not known yet, the least that it comes to.
    #[must_use]
    pub fn totals(&self) -> ByBalance<'t> {
        self.totals.least(self.tariff)
    }

    /// The most that is pending, by balance: the same as the totals where everything is known.
    #[must_use]
    pub fn most(&self) -> ByBalance<'t> {
        self.totals.most(self.tariff)
    }

    /// What is left of each balance that was given, not below 0.
    #[must_use]
    pub fn remaining(&self) -> ByBalance<'t> {
        self.verdict().remaining
    }

    /// Whether what is pending can be paid, and why not. "Added" is what the last step added to the totals.
    #[must_use]
    pub fn verdict(&self) -> Judgement<'t> {
        weigh(self.tariff, &self.totals, &self.added, &self.limits)
    }

    /// The most that a number or duration of an entry can be with everything else as it is: within the balances and the
    /// guardrails that block. `None` where the other entries are too much by themselves.
    ///
    /// # Errors
    ///
    /// [`Code::UnknownEntry`] where there is no such entry; as [`fit`] where it has no such number.
    pub fn fit(&self, id: &str, vary: &str) -> Result<Option<Fit<'t>>, Error> {
        let entry = self.find(id)?;
        let step = self
            .done
            .checked_sub(1)
            .and_then(|index| self.steps.get(index));
        // The step that changed the entry last goes on, another one begins.
        let step = step.filter(|step| step.moves.contains_key(id));
        let begun = step.map_or(Units::zero(self.tariff), |step| step.units.clone());
        let beside = begun.minus(Some(&entry.units));
        let others = self.totals.minus(Some(&entry.units));
        let [total, added] = self.limits.apart(self.tariff);
        let room = |ceiling: Option<i128>, taken: &Units, index: usize| {
            let taken = taken.0.get(index).map_or(0, |(least, _)| *least);
            ceiling.map(|most| most.saturating_sub(taken.into()))
        };
        let rooms = total.into_iter().zip(added).enumerate();
        let rooms = rooms.map(|(index, (total, added))| {
            let rooms = [room(total, &others, index), room(added, &beside, index)];
            rooms.into_iter().flatten().min()
        });
        let within = Limits {
            balances: rooms.collect(),
            guardrails: Vec::new(),
        };
        if within.balances.iter().flatten().any(|room| *room < 0) {
            return Ok(None);
        }
        fit(
            self.tariff,
            &entry.usage.without(vary),
            &Vary::new(vary),
            &within,
        )
        .map(Some)
    }

    /// Every entry, in the order it was added.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.entries.values().map(|entry| entry.view(self.tariff))
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<Entry<'_>> {
        let entry = self.entries.get(self.places.get(id)?)?;
        Some(entry.view(self.tariff))
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes the last step back; `None` where there is none.
    pub fn undo(&mut self) -> Option<Change<'t>> {
        let index = self.done.checked_sub(1)?;
        let step = self.steps.get(index)?.clone();
        for Move { before, after } in step.moves.values() {
            self.place(after.as_ref(), before.as_ref());
        }
        self.totals = self.totals.minus(Some(&step.units));
        self.done = index;
        let delta = Units::zero(self.tariff).minus(Some(&step.units));
        Some(self.told(&step, delta))
    }

    /// Does the step again that was taken back last; `None` where there is none.
    pub fn redo(&mut self) -> Option<Change<'t>> {
        let step = self.steps.get(self.done)?.clone();
        for Move { before, after } in step.moves.values() {
            self.place(before.as_ref(), after.as_ref());
        }
        self.totals = self.totals.plus(&step.units);
        self.done = self.done.saturating_add(1);
        Some(self.told(&step, step.units.clone()))
    }

    /// Takes a change back, whatever else was done since. Answers false, and does nothing, where it was taken back
    /// already, one of its entries has changed since, or it is further back than [`Session::undo`] reaches.
    pub fn take_back(&mut self, change: &Change<'_>) -> bool {
        let done = self.steps.iter().take(self.done);
        let Some((back, step)) = done
            .rev()
            .enumerate()
            .find(|(_, step)| step.number == change.step)
        else {
            return false;
        };
        if back == 0 {
            return self.undo().is_some();
        }
        let mut moves = Vec::with_capacity(step.moves.len());
        for (id, Move { before, after }) in &step.moves {
            let now = self
                .places
                .get(id)
                .and_then(|place| self.entries.get(place));
            let untouched = match (now, after) {
                (Some(now), Some(after)) => Arc::ptr_eq(now, after),
                (None, None) => true,
                _ => false,
            };
            if !untouched {
                return false;
            }
            moves.push(Move {
                before: after.clone(),
                after: before.clone(),
            });
        }
        self.commit(moves, None).is_ok()
    }

    /// The session as JSON, for [`Session::restore`].
    #[must_use]
    pub fn state(&self) -> SessionState<'_> {
        let card = CardRef {
            id: &self.tariff.id,
            version: self.tariff.version.as_deref(),
        };
        let entries = self.entries.values();
        SessionState(
            card,
            entries
                .map(|entry| (entry.id.as_str(), &entry.usage))
                .collect(),
        )
    }

    fn find(&self, id: &str) -> Result<Arc<Kept>, Error> {
        let entry = self
            .places
            .get(id)
            .and_then(|place| self.entries.get(place));
        entry.cloned().ok_or_else(|| {
            Problem::new(
                Code::UnknownEntry,
                "id",
                format!("there is no entry {id:?}"),
            )
            .into()
        })
    }

    fn keep(&mut self, id: String, place: Option<u64>, usage: Usage, units: Units) -> Arc<Kept> {
        let place = place.unwrap_or_else(|| {
            self.last_place = self.last_place.saturating_add(1);
            self.last_place
        });
        Arc::new(Kept {
            id,
            place,
            usage,
            units,
        })
    }

    fn change(
        &mut self,
        before: Option<Arc<Kept>>,
        after: Option<Arc<Kept>>,
    ) -> Result<Change<'t>, Error> {
        let group = self.group.clone();
        let last = self
            .done
            .checked_sub(1)
            .and_then(|index| self.steps.get(index));
        let joins = self.done == self.steps.len() && last.is_some_and(|step| step.group == group);
        if group.is_none() || !joins {
            let made = self.commit(vec![Move { before, after }], group)?;
            return Ok(made.unwrap_or_else(|| self.nothing()));
        }
        let delta = self.put(&[Move {
            before: before.clone(),
            after: after.clone(),
        }])?;
        let Some(step) = self.steps.back_mut() else {
            return Ok(self.nothing());
        };
        step.units = step.units.plus(&delta);
        if let Some(id) = after
            .as_ref()
            .or(before.as_ref())
            .map(|entry| entry.id.clone())
        {
            let same = step.moves.entry(id).or_insert(Move {
                before,
                after: None,
            });
            same.after = after;
        }
        let step = step.clone();
        Ok(self.told(&step, step.units.clone()))
    }

    /// Makes a step of its own; what was undone cannot be done again after it.
    fn commit(
        &mut self,
        moves: Vec<Move>,
        group: Option<String>,
    ) -> Result<Option<Change<'t>>, Error> {
        if moves.is_empty() {
            return Ok(None);
        }
        let units = self.put(&moves)?;
        self.last_step = self.last_step.saturating_add(1);
        let moves = moves.into_iter().filter_map(|moved| {
            let entry = moved.after.as_ref().or(moved.before.as_ref())?;
            Some((entry.id.clone(), moved))
        });
        let step = Step {
            number: self.last_step,
            group,
            moves: moves.collect(),
            units,
        };
        let change = self.told(&step, step.units.clone());
        self.steps.truncate(self.done);
        self.steps.push_back(step);
        while self.steps.len() > self.history {
            self.steps.pop_front();
        }
        self.done = self.steps.len();
        Ok(Some(change))
    }

    /// Puts every entry where it moves to; where a total would not be exact, nothing moves.
    fn put(&mut self, moves: &[Move]) -> Result<Units, Error> {
        let mut delta = Units::zero(self.tariff);
        for Move { before, after } in moves {
            if let Some(after) = after {
                delta = delta.plus(&after.units);
            }
            delta = delta.minus(before.as_ref().map(|before| &before.units));
        }
        let totals = self.totals.plus(&delta);
        if totals.0.iter().any(|(_, most)| *most >= LIMIT) {
            let message = "the session would come to more than can be shown exactly";
            return Err(Problem::new(Code::Overflow, "", message).into());
        }
        self.totals = totals;
        for Move { before, after } in moves {
            self.place(before.as_ref(), after.as_ref());
        }
        Ok(delta)
    }

    fn place(&mut self, before: Option<&Arc<Kept>>, after: Option<&Arc<Kept>>) {
        if let Some(before) = before {
            self.entries.remove(&before.place);
            self.places.remove(&before.id);
        }
        if let Some(after) = after {
            self.entries.insert(after.place, Arc::clone(after));
            self.places.insert(after.id.clone(), after.place);
        }
    }

    fn told(&mut self, step: &Step, delta: Units) -> Change<'t> {
        let change = Change {
            ids: step.moves.keys().cloned().collect(),
            delta: delta.least(self.tariff),
            step: step.number,
        };
        self.added = delta;
        change
    }

    fn nothing(&self) -> Change<'t> {
        Change {
            ids: Vec::new(),
            delta: Units::zero(self.tariff).least(self.tariff),
            step: 0,
        }
    }
}

impl Kept {
    fn view<'s>(&'s self, tariff: &'s Tariff) -> Entry<'s> {
        Entry {
            id: &self.id,
            usage: &self.usage,
            amounts: self.units.least(tariff),
            most: self.units.most(tariff),
        }
    }
}

impl Units {
    fn zero(tariff: &Tariff) -> Self {
        Self(vec![(0, 0); tariff.balances.len()])
    }

    // Each is below LIMIT, so no sum of two overflows.
    fn plus(&self, other: &Self) -> Self {
        let pairs = self.0.iter().zip(&other.0);
        let sum = |one: &i64, other: &i64| one.saturating_add(*other);
        Self(
            pairs
                .map(|((a, b), (c, d))| (sum(a, c), sum(b, d)))
                .collect(),
        )
    }

    fn minus(&self, other: Option<&Self>) -> Self {
        match other {
            None => self.clone(),
            Some(other) => self.plus(&Self(
                other
                    .0
                    .iter()
                    .map(|(a, b)| (a.saturating_neg(), b.saturating_neg()))
                    .collect(),
            )),
        }
    }

    fn least<'t>(&self, tariff: &'t Tariff) -> ByBalance<'t> {
        self.shown(tariff, |(least, _)| *least)
    }

    fn most<'t>(&self, tariff: &'t Tariff) -> ByBalance<'t> {
        self.shown(tariff, |(_, most)| *most)
    }

    fn shown<'t>(&self, tariff: &'t Tariff, end: impl Fn(&(i64, i64)) -> i64) -> ByBalance<'t> {
        let balances = tariff.balances.iter().zip(&self.0);
        let amounts = balances
            .map(|(rule, units)| (rule.id.as_str(), Amount::new(end(units), rule.decimals)));
        ByBalance::new(amounts.collect())
    }
}

impl Serialize for SessionState<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Entries<'a>(&'a [(&'a str, &'a Usage)]);
        struct Entry<'a>(&'a str, &'a Usage);
        impl Serialize for Entries<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.iter().map(|(id, usage)| Entry(id, usage)))
            }
        }
        impl Serialize for Entry<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("id", self.0)?;
                map.serialize_entry("usage", self.1)?;
                map.end()
            }
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("card", &self.0)?;
        map.serialize_entry("entries", &Entries(&self.1))?;
        map.end()
    }
}

/// What a usage comes to. One of its numbers or durations may be a range, `{ "from": 30, "to": 90 }`, where it is not
/// known yet: then the least and the most over all of it that has a price.
pub(crate) fn price(tariff: &Tariff, usage: &Usage) -> Result<Units, Error> {
    let (input, known, span) = match apart(tariff, usage)? {
        None => return priced(tariff, usage),
        Some(parts) => parts,
    };
    let mut along = match Along::new(tariff, &known, &span) {
        // What is not asked for makes no difference.
        Err(error) if error.code() == Code::LeftOut => return priced(tariff, &known),
        along => along.map_err(|error| named(error, &input))?,
    };
    let mut ends: Vec<(i64, i64)> = Vec::new();
    while let Some(piece) = along.piece().map_err(|error| named(error, &input))? {
        if !piece.priced {
            continue;
        }
        // No total falls within a piece.
        along.price(piece.first);
        let least = along.units.clone();
        along.price(piece.last);
        for (balance, (least, most)) in least.iter().zip(&along.units).enumerate() {
            let (least, most) = (whole(*least), whole(*most));
            match ends.get_mut(balance) {
                Some(end) => *end = (end.0.min(least), end.1.max(most)),
                None => ends.push((least, most)),
            }
        }
    }
    match along.trouble {
        _ if !ends.is_empty() => Ok(Units(ends)),
        Some(error) => Err(error),
        None => priced(tariff, &known),
    }
}

/// The same error at the input that is a range.
fn named(error: Error, input: &str) -> Error {
    match error.path() {
        "vary" => Problem::new(error.code(), input, error.message()).into(),
        _ => error,
    }
}

fn priced(tariff: &Tariff, usage: &Usage) -> Result<Units, Error> {
    let bill = bill(tariff, &usage::read(tariff, usage)?.slots, false)?;
    let mut ends = Vec::with_capacity(bill.totals.len());
    for (exact, rule) in bill.totals.iter().zip(&tariff.balances) {
        let units = whole(rule.round.units(*exact, rule.unit));
        ends.push((units, units));
    }
    Ok(Units(ends))
}

/// Compiling proved that a shown figure has 15 digits at most.
fn whole(units: u128) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// Judges totals, and what the last step added to them. What only the most of something unknown would pass over is
/// warned of.
pub(crate) fn weigh<'t>(
    tariff: &'t Tariff,
    totals: &Units,
    added: &Units,
    limits: &Limits,
) -> Judgement<'t> {
    let judge = |end: fn(&(i64, i64)) -> i64| {
        let (mut before, mut new) = (Vec::new(), Vec::new());
        for (balance, ends) in added.0.iter().enumerate() {
            let added = i128::from(end(ends));
            new.push(added);
            if let Some(ends) = totals.0.get(balance) {
                before.push(i128::from(end(ends)).saturating_sub(added));
            }
        }
        judge(tariff, &before, &new, limits)
    };
    let mut judgement = judge(|(least, _)| *least);
    let is_known = |units: &Units| units.0.iter().all(|(least, most)| least == most);
    if is_known(totals) && is_known(added) {
        return judgement;
    }
    for mut reason in judge(|(_, most)| *most).reasons {
        let is_said = |said: &Reason<'_>| {
            said.of == reason.of && said.balance == reason.balance && said.limit == reason.limit
        };
        if !judgement.reasons.iter().any(is_said) {
            reason.level = Verdict::Warn;
            reason.sentence.insert_str(0, "at the most, ");
            judgement.verdict = judgement.verdict.max(Verdict::Warn);
            judgement.reasons.push(reason);
        }
    }
    judgement
}

/// The range in a usage, where there is one, and the usage without it.
fn apart(tariff: &Tariff, usage: &Usage) -> Result<Option<(String, Usage, Vary)>, Error> {
    let mut parts = None;
    let mut problems = Problems::default();
    for source in &tariff.sources {
        let (SourceKind::Numeric(numeric), Some(node)) = (&source.kind, usage.value(&source.id))
        else {
            continue;
        };
        if !matches!(node.kind, Kind::Object(_)) || numeric.max_items.is_some() {
            continue;
        }
        let path = Path::Root.key(&source.id);
        if parts.is_some() {
            problems.add(
                Code::InvalidValue,
                &path,
                "one value at a time can be a range",
            );
            continue;
        }
        let Some(range) = Object::open(node, &path, &["from", "to"], &mut problems) else {
            continue;
        };
        let mut ends = [(numeric.min, "from"), (numeric.max, "to")];
        for (end, key) in &mut ends {
            if let Some(node) = range.node(key) {
                match usage::read_number(numeric, node, &path.key(key)) {
                    Ok(value) => *end = value,
                    Err(problem) => problems.push(problem),
                }
            }
        }
        let [(from, _), (to, _)] = ends;
        if from > to {
            problems.add(Code::InvalidValue, &path, "the range ends before it begins");
        }
        let span = Vary::between(&source.id, range.node("from"), range.node("to"));
        parts = Some((source.id.clone(), usage.without(&source.id), span));
    }
    match problems.into_error() {
        Some(error) => Err(error),
        None => Ok(parts),
    }
}

/// A session of 10,000 entries takes more than a rate card.
const MAX_STATE_BYTES: usize = 1 << 26;
const MAX_STATE_NODES: u32 = 10_000_000;

fn read_state(tariff: &Tariff, text: &str) -> Result<Vec<(String, Usage, String)>, Error> {
    let node = json::parse_up_to(MAX_STATE_BYTES, MAX_STATE_NODES, json::without_mark(text))?;
    let mut problems = Problems::default();
    let mut entries = Vec::new();
    if let Some(state) = Object::open(&node, &Path::Root, &["card", "entries"], &mut problems) {
        read_card(tariff, state.needed("card", &mut problems), &mut problems);
        let path = Path::Root.key("entries");
        match state.needed("entries", &mut problems) {
            Some(Node {
                kind: Kind::List(items),
                ..
            }) => {
                for (index, item) in items.iter().enumerate() {
                    entries.extend(read_entry(item, &path.index(index), &mut problems));
                }
            }
            Some(node) => {
                decode::wrong_type(node, &path, "a list", &mut problems);
            }
            None => {}
        }
    }
    match problems.into_error() {
        Some(error) => Err(error),
        None => Ok(entries),
    }
}

fn read_card(tariff: &Tariff, node: Option<&Node>, problems: &mut Problems) {
    let path = Path::Root.key("card");
    let Some(node) = node else { return };
    let Some(card) = Object::open(node, &path, &["id", "version"], problems) else {
        return;
    };
    let ours = [
        ("id", Some(tariff.id.as_str())),
        ("version", tariff.version.as_deref()),
    ];
    for (key, ours) in ours {
        let theirs = match card.node(key).map(|node| &node.kind) {
            Some(Kind::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        if theirs != ours {
            let shown =
                |text: Option<&str>| text.map_or("none".to_owned(), |text| format!("{text:?}"));
            let (theirs, ours) = (shown(theirs), shown(ours));
            let message = format!(
                "the entries were priced with another rate card: its {key} is {theirs}, not {ours}"
            );
            problems.add(Code::OtherCard, &path.key(key), message);
        }
    }
}

fn read_entry(
    node: &Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<(String, Usage, String)> {
    let entry = Object::open(node, path, &["id", "usage"], problems)?;
    let usage = entry.needed("usage", problems)?;
    match &entry.needed("id", problems)?.kind {
        Kind::Text(id) if !id.is_empty() => {
            Some((id.clone(), Usage::from_node(usage.clone()), written(path)))
        }
        _ => {
            problems.push(no_id(path.key("id")));
            None
        }
    }
}

fn no_id(path: impl Written) -> Problem {
    Problem::new(Code::WrongType, path, "expected a text that is not empty")
}

fn taken(path: &str, id: &str) -> Problem {
    Problem::new(
        Code::Duplicate,
        path,
        format!("there is an entry {id:?} already"),
    )
}
