// Made by `doorstep openapi --typescript`; do not edit.

/** 13 characters of base32. */
export type Id = string;
/** RFC 3339, UTC. */
export type Instant = string;
/** YYYY-MM-DD. */
export type Day = string;

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  hint?: string;
}

/** Every call, by method and path. */
export interface Api {
  /** Record that someone is away */
  "POST /api/v1/absences": {
    request: {
      account: Id;
      from: Instant;
      until: Instant;
    };
    response: {
      id: Id;
    };
  };
  /** Staff with their roles */
  "GET /api/v1/accounts": {
    request: {
      cursor?: string;
      limit?: number;
      language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
    };
    response: {
      rows: Array<{
        id: Id;
        name: string;
        phone?: string;
        joined: boolean;
        languages: Array<"cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other">;
        grants: Array<{
          id: Id;
          role: string;
          place?: Id;
          place_name: string;
          from: Instant;
          until?: Instant;
        }>;
      }>;
      next?: string;
    };
  };
  /** Say which languages somebody speaks */
  "POST /api/v1/accounts/{account}/languages": {
    request: {
      account: Id;
      languages: Array<"cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other">;
    };
    response: {
    };
  };
  /** Say which resident an account's holder is */
  "POST /api/v1/accounts/{account}/person": {
    request: {
      account: Id;
      person?: Id;
    };
    response: {
    };
  };
  /** Who moves here from another community */
  "GET /api/v1/arrivals": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        person: Id;
        name?: string;
        born_on?: Day;
        phone?: string;
        community_name: string;
        state: "offered" | "accepted" | "declined" | "withdrawn";
        offered_at: Instant;
        answered_at?: Instant;
        address?: string;
        note?: string;
        observed?: boolean;
      }>;
    };
  };
  /** Take somebody over who moves here */
  "POST /api/v1/arrivals/{transfer}/accept": {
    request: {
      transfer: Id;
      household: Id;
      relation?: string;
      on?: Day;
    };
    response: {
    };
  };
  /** Say that somebody does not move here */
  "POST /api/v1/arrivals/{transfer}/decline": {
    request: {
      transfer: Id;
    };
    response: {
    };
  };
  /** Show the number of somebody who moves here, with a reason */
  "POST /api/v1/arrivals/{transfer}/reveal": {
    request: {
      transfer: Id;
      reason: "call_back" | "visit" | "delivery" | "emergency" | "correction";
    };
    response: {
      phones?: Array<{
        id: Id;
        number: string;
      }>;
    };
  };
  /** The notices that are heard and in force */
  "GET /api/v1/audio-notices": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        place?: Id;
        place_name: string;
        title: string;
        language: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
        at: Instant;
        until: Instant;
      }>;
    };
  };
  /** Post a notice that is heard */
  "POST /api/v1/audio-notices": {
    request: {
      place?: Id;
      title: string;
      language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
      days: number;
    };
    response: {
      id: Id;
    };
  };
  /** Take a notice that is heard back */
  "POST /api/v1/audio-notices/{notice}/remove": {
    request: {
      notice: Id;
    };
    response: {
    };
  };
  /** The sound of a notice */
  "GET /api/v1/audio-notices/{notice}/sound": {
    request: {
      notice: Id;
    };
    response: {
    };
  };
  /** Backups and how they went */
  "GET /api/v1/backups": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        made_at: Instant;
        file: string;
        verified_at?: Instant;
        rows: number;
        bytes: number;
        problem?: string;
      }>;
      next?: string;
    };
  };
  /** Note a backup made at the shell */
  "POST /api/v1/backups": {
    request: {
      name: string;
      verified: boolean;
      seq: number;
      rows: number;
      bytes: number;
    };
    response: {
    };
  };
  /** Note that the key sheet was typed in and is right */
  "POST /api/v1/backups/key-check": {
    request: {
    };
    response: {
    };
  };
  /** The key sheet and what a restore holds back */
  "GET /api/v1/backups/state": {
    request: {
    };
    response: {
      key_checked_at?: Instant;
      held?: {
        since: Instant;
        made_at: Instant;
      };
    };
  };
  /** Offer a basket */
  "POST /api/v1/baskets": {
    request: {
      name: string;
      price_fen: number;
      contents: string;
    };
    response: {
      id: Id;
      lines: Array<{
        name: string;
        canonical: string;
        qty?: number;
        unit: string;
        state: "read" | "ask_back" | "too_much";
      }>;
    };
  };
  /** Every door and its state */
  "GET /api/v1/board": {
    request: {
      building?: Id;
    };
    response: {
      seq: number;
      as_of: Instant;
      counts: {
        safe: number;
        due: number;
        overdue: number;
        alarm: number;
        none: number;
        released: number;
        empty: number;
        total: number;
      };
      grids: Array<{
        id: Id;
        name: string;
        head?: string;
        left: number;
      }>;
      buildings: Array<{
        id: Id;
        name: string;
        grid?: Id;
        left: number;
        entrances: Array<{
          id: Id;
          name: string;
          lift: boolean;
          floors: number;
        }>;
        cells: Array<{
          id: Id;
          e: number;
          f: number;
          n: string;
          s: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
          h: number;
          c?: boolean;
        }>;
      }>;
    };
  };
  /** The present state of a few doors */
  "GET /api/v1/board/cells": {
    request: {
      dwellings: string;
    };
    response: {
      seq: number;
      as_of: Instant;
      cells: Array<{
        id: Id;
        building?: Id;
        s: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
        c?: boolean;
      }>;
    };
  };
  /** The doors at which something of some kinds is owed */
  "GET /api/v1/board/duties": {
    request: {
      kinds: string;
    };
    response: {
      as_of: Instant;
      cells: Array<{
        id: Id;
        s: "waiting" | "taken" | "raised" | "climbed";
        n: number;
      }>;
      elsewhere: number;
    };
  };
  /** The doors that goods are on their way to */
  "GET /api/v1/board/goods": {
    request: {
    };
    response: {
      as_of: Instant;
      parcels: number;
      overdue: number;
      held: number;
      unknown: number;
      cells: Array<{
        id: Id;
        s: "coming" | "waiting" | "out" | "held" | "overdue";
        n: number;
      }>;
    };
  };
  /** The numbers of the day as they may be shared outside */
  "GET /api/v1/bulletin": {
    request: {
    };
    response: {
      as_of: Instant;
      minimum: number;
      rows: Array<{
        place?: Id;
        name: string;
        collected?: number;
        observed?: number;
        released?: number;
        left?: number;
        persons?: number;
      }>;
      sums: {
        place?: Id;
        name: string;
        collected?: number;
        observed?: number;
        released?: number;
        left?: number;
        persons?: number;
      };
    };
  };
  /** Whom to call next */
  "GET /api/v1/call-round": {
    request: {
      mine?: boolean;
      after?: Id;
    };
    response: {
      seq: number;
      as_of: Instant;
      window: {
        name: string;
        from: Instant;
        until: Instant;
      };
      minutes_left: number;
      total: number;
      left: number;
      mine: number;
      climbing: number;
      pressing: {
        to_call: number;
        unwell: number;
        untaken: number;
        voice_or_sight: number;
        release: number;
        long_open: number;
        clock?: {
          expected: Instant;
          seen: Instant;
          reason: string;
          phones: number;
        };
      };
      owners: Array<{
        account?: Id;
        name: string;
        left: number;
      }>;
      rows: Array<{
        reason?: "unwell" | "raised" | "phone" | "waiting";
        household: Id;
        dwelling: Id;
        door?: string;
        duty: Id;
        state: "waiting" | "raised" | "acknowledged" | "paused" | "met" | "excused";
        owner_name: string;
        due: Instant;
        rung?: string;
        tried: number;
        contacts: Array<{
          at: Instant;
          by?: string;
          channel: string;
          rung: string;
          outcome: string;
          wellbeing?: string;
          temperature?: number;
          no_thermometer?: boolean;
          note?: string;
        }>;
        access?: {
          cannot_read?: boolean;
          cannot_hear?: boolean;
          cannot_see?: boolean;
          language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
        };
        way?: "phone" | "video" | "message" | "visit";
        callers?: Array<{
          account: Id;
          name: string;
          phone?: string;
        }>;
      }>;
    };
  };
  /** Share the calls that are left */
  "POST /api/v1/call-round/share": {
    request: {
      accounts: Array<Id>;
    };
    response: {
      given: Array<{
        account: Id;
        calls: number;
      }>;
    };
  };
  /** The ledger of people who need somebody's eye */
  "GET /api/v1/care": {
    request: {
      which?: "to_call" | "low" | "stale" | "all";
      category?: string;
    };
    response: {
      total: number;
      to_call: number;
      low: number;
      stale: number;
      pack: Array<string>;
      rows: Array<{
        person: Id;
        name?: string;
        age?: number;
        household: Id;
        dwelling: Id;
        door?: string;
        categories?: Array<string>;
        note?: string;
        follower: Id;
        follower_name: string;
        follower_there: boolean;
        verified_on: Day;
        stale: boolean;
        heard_at?: Instant;
        to_call: boolean;
        food_days?: number;
        medicine_days?: number;
        phone?: string;
      }>;
    };
  };
  /** Put somebody into the ledger, or change what stands there */
  "POST /api/v1/care": {
    request: {
      person: Id;
      categories: Array<string>;
      follower?: Id;
      note?: string;
    };
    response: {
      follower: Id;
      added: boolean;
    };
  };
  /** The care calls of today, by window */
  "GET /api/v1/care/day": {
    request: {
    };
    response: {
      pack: string;
      hash: string;
      unit: string;
      has_windows: boolean;
      today: {
        name: string;
        label: string;
        value_tenths?: number;
        said_at?: Instant;
        said_by: string;
        owed: number;
      };
      tomorrow: {
        name: string;
        label: string;
        value_tenths?: number;
        said_at?: Instant;
        said_by: string;
        owed: number;
      };
      windows: Array<{
        name: string;
        label: string;
        from: Instant;
        until: Instant;
        due: number;
        met: number;
        late: number;
        excused: number;
        open: number;
      }>;
      rows: Array<{
        contact: Id;
        window: string;
        person: Id;
        name?: string;
        household: Id;
        dwelling: Id;
        door?: string;
        state: "open" | "met" | "late" | "excused";
        assurance?: string;
        reason?: string;
        owner?: Id;
        owner_name: string;
        tried: number;
        next?: Instant;
        phone?: string;
      }>;
    };
  };
  /** Say the hazard's level of today and tomorrow */
  "POST /api/v1/care/level": {
    request: {
      today_tenths?: number;
      tomorrow_tenths?: number;
      today_level?: string;
      tomorrow_level?: string;
    };
    response: {
      today: string;
      tomorrow: string;
      open: number;
    };
  };
  /** Who might be overlooked */
  "GET /api/v1/care/overlooked": {
    request: {
    };
    response: {
      silent_days: number;
      flagged: Array<{
        household: Id;
        dwelling: Id;
        door?: string;
        flag?: "elder_alone" | "only_elders" | "child_alone";
        signal_at?: Instant;
        people: Array<Id>;
      }>;
      silent: Array<{
        household: Id;
        dwelling: Id;
        door?: string;
        flag?: "elder_alone" | "only_elders" | "child_alone";
        signal_at?: Instant;
        people: Array<Id>;
      }>;
    };
  };
  /** Somebody leaves the ledger */
  "POST /api/v1/care/{person}/end": {
    request: {
      person: Id;
      reason: "not_needed" | "moved_away" | "deceased" | "entered_in_error";
    };
    response: {
    };
  };
  /** Record the call of the day */
  "POST /api/v1/care/{person}/ticks": {
    request: {
      person: Id;
      outcome: "well" | "unwell" | "no_answer" | "handed_over";
      channel?: "phone" | "video" | "visit" | "card" | "relative";
      occurred_at?: Instant;
      seen_by?: Id;
      food_days?: number;
      medicine_days?: number;
      note?: string;
    };
    response: {
      food_task: boolean;
      medicine_task: boolean;
      again?: Instant;
      rung?: string;
      met: Array<string>;
      known: boolean;
    };
  };
  /** What the ledger says is still so */
  "POST /api/v1/care/{person}/verify": {
    request: {
      person: Id;
    };
    response: {
    };
  };
  /** Who can be given a run now */
  "GET /api/v1/carriers": {
    request: {
    };
    response: {
      rows: Array<{
        account: Id;
        name: string;
        open_runs: number;
        parcels: number;
        vehicle: string;
        outside: boolean;
        grams?: number;
        millilitres?: number;
        range_m?: number;
      }>;
      gaps: Array<{
        building: Id;
        name: string;
        parcels: number;
      }>;
    };
  };
  /** Say what somebody can carry */
  "POST /api/v1/carriers": {
    request: {
      account: Id;
      vehicle: "foot" | "cart" | "bicycle" | "motorcycle" | "car";
      grams: number;
      millilitres: number;
      outside?: boolean;
      range_m?: number;
    };
    response: {
    };
  };
  /** Record that a household or person is fine or unwell */
  "POST /api/v1/check-ins": {
    request: {
      wellbeing: "fine" | "unwell" | "declined";
      household?: Id;
      person?: Id;
      temperature?: number;
      no_thermometer?: boolean;
      symptoms?: Array<"fever" | "cough" | "fatigue" | "breathless" | "diarrhoea" | "sore_throat" | "other">;
      channel?: "page" | "phone" | "video" | "visit" | "door_sign" | "paper";
      remote?: boolean;
      note?: string;
      duration_seconds?: number;
      visit_reason?: "no_answer" | "sight_due" | "unwell" | "service" | "label" | "no_phone" | "asked" | "other";
      food_days?: number;
      occurred_at?: Instant;
      sent_at?: Instant;
    };
    response: {
      id: Id;
      received_at: Instant;
      call_back: boolean;
      emergency_phone: string;
    };
  };
  /** A household claims a link of its own */
  "POST /api/v1/claims": {
    request: {
      token: string;
      code: string;
    };
    response: {
      url: string;
    };
  };
  /** Say that the server's clock is right */
  "POST /api/v1/clock/confirm": {
    request: {
    };
    response: {
    };
  };
  /** The closing sheets, newest first */
  "GET /api/v1/closings": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        day: Day;
        made_at: Instant;
        due: number;
        met: number;
        escalated: number;
        missed: number;
        supplements: number;
        signed_at?: Instant;
        signer: string;
      }>;
      next?: string;
    };
  };
  /** Make the closing sheet of today */
  "POST /api/v1/closings": {
    request: {
    };
    response: {
      id: Id;
    };
  };
  /** One closing sheet */
  "GET /api/v1/closings/{closing}": {
    request: {
      closing: Id;
    };
    response: {
      id: Id;
      day: Day;
      community: string;
      made_at: Instant;
      hash: string;
      rules: string;
      due: {
        yesterday: number;
        entered: number;
        left: number;
        today: number;
        people: {
          yesterday: number;
          entered: number;
          left: number;
          today: number;
          reasons: Array<{
            word: string;
            count: number;
          }>;
        };
      };
      met: number;
      escalated: number;
      excused: number;
      waiting: number;
      missed: number;
      unproved: number;
      assurance: Array<{
        word: string;
        count: number;
      }>;
      channels: Array<{
        word: string;
        count: number;
      }>;
      owners: Array<{
        name: string;
        open: number;
      }>;
      lines: Array<{
        household: string;
        state: "met" | "escalated" | "excused" | "waiting" | "missed";
        evidence?: string;
        assurance?: string;
        channel?: string;
        reason?: string;
        owner?: string;
        level?: string;
        door?: string;
        dwelling: Id;
        owner_name: string;
      }>;
      goods: {
        before: number;
        came: number;
        delivered: number;
        returned: number;
        lost: number;
        open: number;
        asked: number;
        unanswered: number;
        ordered: number;
        unowned: number;
        ever: {
          came: number;
          delivered: number;
          returned: number;
          lost: number;
          open: number;
          asked: number;
          unanswered: number;
        };
        lines: Array<{
          kind: "parcel" | "need";
          subject: string;
          household?: string;
          state: string;
          due: Instant;
          owner?: string;
          reason?: string;
          order?: string;
        }>;
      };
      owed: Array<{
        kind: "parcel" | "need";
        subject: string;
        household?: string;
        state: string;
        due: Instant;
        owner?: string;
        reason?: string;
        order?: string;
        door?: string;
        owner_name: string;
      }>;
      care?: {
        pack: string;
        level: string;
        value_tenths?: number;
        unit: string;
        tomorrow_level: string;
        tomorrow: Array<{
          word: string;
          count: number;
        }>;
        windows: Array<{
          name: string;
          from: Instant;
          until: Instant;
          opened: number;
          before: number;
          entered: number;
          left: number;
          due: number;
          met: number;
          late: number;
          excused: number;
          escalated: number;
          waiting: number;
          missed: number;
          assurance: Array<{
            word: string;
            count: number;
          }>;
          reasons: Array<{
            word: string;
            count: number;
          }>;
        }>;
        lines: Array<{
          contact: string;
          person: string;
          day: Day;
          window: string;
          state: "met" | "late" | "excused" | "escalated" | "waiting" | "missed";
          evidence?: string;
          assurance?: string;
          at?: Instant;
          reason?: string;
          owner?: string;
        }>;
      };
      care_level: string;
      care_tomorrow: string;
      supplements: Array<{
        id: Id;
        made_at: Instant;
        reached: number;
      }>;
      signed_at?: Instant;
      signer: string;
    };
  };
  /** A closing sheet with its signatures, to be checked elsewhere */
  "GET /api/v1/closings/{closing}/sheet": {
    request: {
      closing: Id;
    };
    response: {
      kind: string;
      sheet: {
        content: string;
        signature: string;
        signed_at?: Instant;
        signed_by?: string;
        signer?: string;
        signer_signature?: string;
      };
      supplements: Array<{
        content: string;
        signature: string;
        signed_at?: Instant;
        signed_by?: string;
        signer?: string;
        signer_signature?: string;
      }>;
    };
  };
  /** Sign a closing sheet by name */
  "POST /api/v1/closings/{closing}/sign": {
    request: {
      closing: Id;
    };
    response: {
    };
  };
  /** Who is asked at the door before the cut-off */
  "GET /api/v1/collecting-round": {
    request: {
      cycle?: Id;
    };
    response: {
      cut_off: Instant;
      asked: number;
      unvisited: number;
      rows: Array<{
        household: Id;
        dwelling: Id;
        door?: string;
        access_notes?: string;
        outcome?: "ordered" | "nothing" | "absent";
        at?: Instant;
        by: string;
      }>;
    };
  };
  /** Say that a household was asked on the collecting round */
  "POST /api/v1/collecting-round": {
    request: {
      household: Id;
      outcome: "ordered" | "nothing" | "absent";
      occurred_at?: Instant;
    };
    response: {
      cycle: Id;
      cut_off: Instant;
      late: boolean;
    };
  };
  /** What a household has agreed to */
  "GET /api/v1/consents": {
    request: {
      household?: Id;
    };
    response: {
      household: Id;
      offered: Array<{
        purpose: string;
        version: number;
        text: string;
      }>;
      given: Array<{
        id: Id;
        person?: Id;
        purpose: string;
        version: number;
        channel: string;
        given_at: Instant;
        withdrawn_at?: Instant;
      }>;
    };
  };
  /** Agree to something, or take it back */
  "POST /api/v1/consents": {
    request: {
      household?: Id;
      person?: Id;
      purpose: string;
      agreed: boolean;
      channel?: "page" | "phone" | "paper" | "door";
      version?: number;
    };
    response: {
    };
  };
  /** How much of the care came without a visit */
  "GET /api/v1/contact-free": {
    request: {
      place?: Id;
      from?: Day;
      until?: Day;
    };
    response: {
      contacts: number;
      visits: number;
      delivered: number;
      contact_free: number;
      per_mille: number;
      reasons: Array<{
        word: string;
        count: number;
      }>;
    };
  };
  /** Say that a label or sensor is in place */
  "POST /api/v1/controls/{control}/post": {
    request: {
      control: Id;
    };
    response: {
    };
  };
  /** Take a label or sensor down */
  "POST /api/v1/controls/{control}/remove": {
    request: {
      control: Id;
    };
    response: {
    };
  };
  /** Count households and persons: now, at most, and ever */
  "GET /api/v1/counts": {
    request: {
      place?: Id;
    };
    response: {
      households: {
        current: number;
        peak: number;
        cumulative: number;
      };
      persons: {
        current: number;
        peak: number;
        cumulative: number;
      };
    };
  };
  /** List the collections */
  "GET /api/v1/cycles": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        when: {
          name: string;
          opens: Instant;
          cut_off: Instant;
          drop_from: Instant;
          drop_until: Instant;
        };
        state: "open" | "closed" | "done";
        orders: number;
        isolated: number;
        neighbours: number;
        over: boolean;
      }>;
    };
  };
  /** One cycle in figures */
  "GET /api/v1/cycles/{cycle}": {
    request: {
      cycle: Id;
    };
    response: {
      id: Id;
      when: {
        name: string;
        opens: Instant;
        cut_off: Instant;
        drop_from: Instant;
        drop_until: Instant;
      };
      state: "open" | "closed" | "done";
      over: boolean;
      totals: {
        orders: number;
        lines: number;
        unanswered: number;
        cost_fen: number;
        market_fen: number;
        compared_fen: number;
        saving_permille?: number;
      };
      shortages: Array<{
        good: string;
        unit: string;
        wanted: number;
        supplied: number;
        isolated_wanted: number;
        isolated_granted: number;
        neighbours_wanted: number;
        neighbours_granted: number;
        isolated_short: number;
        neighbours_short: number;
        fair: boolean;
      }>;
      unvisited: number;
    };
  };
  /** End a collection */
  "POST /api/v1/cycles/{cycle}/close": {
    request: {
      cycle: Id;
    };
    response: {
    };
  };
  /** The order lines behind a line of the sheet */
  "GET /api/v1/cycles/{cycle}/lines": {
    request: {
      cycle: Id;
      good?: string;
      unit?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        order: Id;
        household: Id;
        door?: string;
        kind?: "isolated" | "neighbour";
        name?: string;
        good: string;
        unit: string;
        qty: number;
        granted?: number;
        instead: string;
        state: "ordered" | "cancelled" | "granted" | "short" | "replaced" | "out_of_stock" | "returned";
      }>;
      next?: string;
    };
  };
  /** Settle a cycle */
  "POST /api/v1/cycles/{cycle}/settle": {
    request: {
      cycle: Id;
    };
    response: {
      orders: number;
      left: number;
    };
  };
  /** The purchase sheet of a cycle */
  "GET /api/v1/cycles/{cycle}/sheet": {
    request: {
      cycle: Id;
      supplier?: Id;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id?: Id;
        supplier?: Id;
        supplier_name: string;
        good: string;
        unit: string;
        qty: number;
        orders: number;
        price_fen?: number;
        market_fen?: number;
        cost_fen: number;
        answer: "open" | "accepted" | "replaced" | "out_of_stock";
        supplied?: number;
        instead: string;
      }>;
      next?: string;
    };
  };
  /** Find the door that a text means */
  "POST /api/v1/doors/resolve": {
    request: {
      text: string;
    };
    response: {
      state: string;
      dwelling?: Id;
      rows: Array<{
        dwelling: Id;
        door?: string;
      }>;
      more: boolean;
    };
  };
  /** List what is owed, what presses first */
  "GET /api/v1/duties": {
    request: {
      filter?: "pressing" | "mine" | "waiting" | "paused";
      kind?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        kind: string;
        household?: Id;
        dwelling?: Id;
        door?: string;
        state: "waiting" | "raised" | "acknowledged" | "paused" | "met" | "excused";
        level: "worker" | "deputy" | "grid_head" | "leader" | "manager" | "street";
        owner?: Id;
        owner_name: string;
        by_hand: boolean;
        step: number;
        rung?: string;
        due: Instant;
        next: Instant;
        raised_at?: Instant;
      }>;
      next?: string;
    };
  };
  /** Take a raised duty up */
  "POST /api/v1/duties/{duty}/acknowledge": {
    request: {
      duty: Id;
    };
    response: {
    };
  };
  /** Give a duty to somebody else */
  "POST /api/v1/duties/{duty}/assign": {
    request: {
      duty: Id;
      account: Id;
    };
    response: {
    };
  };
  /** Say what came of a duty, and end it */
  "POST /api/v1/duties/{duty}/end": {
    request: {
      duty: Id;
      outcome: "done" | "well_again" | "doctor" | "false_alarm" | "not_needed";
      note: string;
    };
    response: {
    };
  };
  /** Let a duty rest until an instant */
  "POST /api/v1/duties/{duty}/pause": {
    request: {
      duty: Id;
      until: Instant;
      reason: string;
    };
    response: {
    };
  };
  /** One door */
  "GET /api/v1/dwellings/{dwelling}": {
    request: {
      dwelling: Id;
    };
    response: {
      id: Id;
      door?: string;
      floor: number;
      lift: boolean;
      grid: string;
      households: Array<{
        id: Id;
        label?: string;
        access_notes?: string;
        access?: {
          cannot_read?: boolean;
          cannot_hear?: boolean;
          cannot_see?: boolean;
          language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
        };
        care?: boolean;
        state: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
        alarm_open?: boolean;
        people?: Array<{
          id: Id;
          name?: string;
          sex?: string;
          age?: number;
          relation?: string;
          where?: {
            state: "home" | "hospital" | "central" | "away" | "deceased";
            place?: string;
            contact?: string;
            expected_on?: Day;
          };
        }>;
        phones?: Array<{
          id: Id;
          person?: Id;
          number?: string;
          name?: string;
        }>;
        worker?: {
          account: Id;
          name: string;
          role: string;
          phone: string;
        };
        deputy?: {
          account: Id;
          name: string;
          role: string;
          phone: string;
        };
        responsible?: {
          account: Id;
          name: string;
          role: string;
          phone: string;
        };
        observation?: {
          id: Id;
          ordered: boolean;
          grounds: Array<{
            id: Id;
            ground: "area" | "exposed" | "returnee" | "case_contact" | "voluntary" | "other";
            source: "worker" | "self" | "screened" | "pushed" | "captain" | "hotline" | "found";
            person?: Id;
            started_on: Day;
            ends_on: Day;
          }>;
          first_day: Day;
          length_days: number;
          day_number?: number;
          ends_on: Day;
          claim?: {
            person?: Id;
            reason: "completed" | "became_case" | "transferred" | "deceased" | "entered_in_error" | "lost" | "merged";
            note: string;
            at: Instant;
            own: boolean;
          };
        };
        reports: Array<{
          at: Instant;
          who?: string;
          assurance: string;
          channel: string;
          wellbeing?: string;
          temperature?: number;
          symptoms?: string;
          duration_seconds?: number;
        }>;
        letters?: Array<{
          code: string;
          person?: Id;
          first_day: Day;
          last_day: Day;
          released_at: Instant;
        }>;
        lights?: {
          group: boolean;
          supplies: boolean;
          report: boolean;
          labels: boolean;
        };
        controls?: Array<{
          id: Id;
          kind: "door_label" | "ledger_label" | "sensor";
          code: string;
          until_on: Day;
          state: "printed" | "posted" | "expired" | "removed";
        }>;
        joint: Array<{
          id: Id;
          account: Id;
          profession: "doctor" | "police" | "community_worker" | "counsellor" | "other";
          name: string;
          phone: string;
        }>;
      }>;
    };
  };
  /** Who was erased and who is to be */
  "GET /api/v1/erasures": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        person: Id;
        name?: string;
        cause: "asked" | "expired" | "error";
        state: "asked" | "planned" | "held" | "done";
        planned_on?: Day;
        hold_reason?: string;
        asked_at: Instant;
        asked_by: string;
        done_at?: Instant;
        gone_at?: Instant;
      }>;
      next?: string;
    };
  };
  /** The certificate of an erasure, with its signature */
  "GET /api/v1/erasures/{erasure}": {
    request: {
      erasure: Id;
    };
    response: {
      id: Id;
      certificate: {
        kind: string;
        community: string;
        person: string;
        households: Array<string>;
        cause: string;
        asked_at: Instant;
        asked_by: string;
        done_at: Instant;
        done_by: string;
        removed: Array<{
          table: string;
          rows: number;
        }>;
        kept: Array<string>;
      };
      content: string;
      signature: string;
      gone_at?: Instant;
    };
  };
  /** Keep somebody whom the clock would erase */
  "POST /api/v1/erasures/{erasure}/hold": {
    request: {
      erasure: Id;
      reason: "complaint" | "court" | "medical" | "mistake" | "none";
    };
    response: {
    };
  };
  /** Which files left the house, and with whom */
  "GET /api/v1/exports": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        at: Instant;
        by: string;
        list: string;
        format: string;
        rows: number;
        names: boolean;
        reason?: string;
      }>;
      counts: Array<{
        by: string;
        files: number;
        named: number;
        rows: number;
      }>;
    };
  };
  /** Ask to take names out in one file, with a reason */
  "POST /api/v1/exports/permits": {
    request: {
      reason: "authority" | "medical" | "handover" | "outage" | "correction";
    };
    response: {
      id: Id;
    };
  };
  /** Sign in again for a file with names */
  "POST /api/v1/exports/permits/confirm": {
    request: {
      permit: Id;
      password: string;
      code?: string;
    };
    response: {
      until: Instant;
    };
  };
  /** Say how the days of observation were */
  "POST /api/v1/feedback": {
    request: {
      household?: Id;
      code: string;
      rating: number;
      note?: string;
    };
    response: {
    };
  };
  /** What is missing in the organisation */
  "GET /api/v1/gaps": {
    request: {
    };
    response: {
      buildings_in_no_grid: Array<{
        id: Id;
        name: string;
      }>;
      buildings_without_team: Array<{
        id: Id;
        name: string;
      }>;
      without_worker: number;
      households_without_worker: Array<{
        id: Id;
        dwelling: Id;
        door?: string;
      }>;
      grids: Array<{
        id: Id;
        name: string;
        head: number;
        cadres: number;
        members: number;
        state: string;
      }>;
    };
  };
  /** What lies at each point, what is on its way, and whether it adds up */
  "GET /api/v1/goods": {
    request: {
    };
    response: {
      points: Array<{
        id?: Id;
        kind: "checkpoint" | "workstation" | "drop_point" | "shop";
        name: string;
        outside: boolean;
        received: number;
        handed_on: number;
        waiting: number;
        held: number;
        oldest?: Instant;
      }>;
      classes: Array<{
        class: "meal" | "fresh" | "parcel";
        received: number;
        waiting: number;
        out: number;
        delivered: number;
        returned: number;
        lost: number;
        expected: number;
        held: number;
        late: number;
        overdue: number;
        unproved: number;
        window_from?: Instant;
        window_until?: Instant;
      }>;
      unknown: number;
      day_until: Instant;
      disinfect: "before_receipt" | "after_receipt" | "none";
    };
  };
  /** Each listed elder's day */
  "GET /api/v1/goods/care": {
    request: {
    };
    response: {
      listed: number;
      done: number;
      explained: number;
      rows: Array<{
        household: Id;
        door?: string;
        state: "owed" | "done" | "explained";
        reason?: string;
        duty?: Id;
      }>;
    };
  };
  /** The last metre in figures */
  "GET /api/v1/goods/figures": {
    request: {
      day?: Day;
      known_at?: Instant;
    };
    response: {
      day: Day;
      services: number;
      parcels: number;
      photo: number;
      code: number;
      tap: number;
      unproved: number;
      classes: Array<{
        word: string;
        parcels: number;
        median: number;
        p95: number;
      }>;
      buildings: Array<{
        word: string;
        parcels: number;
        median: number;
        p95: number;
      }>;
    };
  };
  /** Give a role on a place, for a time */
  "POST /api/v1/grants": {
    request: {
      account: Id;
      role: string;
      place?: Id;
      from?: Instant;
      until?: Instant;
    };
    response: {
      id: Id;
    };
  };
  /** End a role now */
  "POST /api/v1/grants/{grant}/end": {
    request: {
      grant: Id;
    };
    response: {
    };
  };
  /** The group of households under observation */
  "GET /api/v1/group": {
    request: {
    };
    response: {
      member: boolean;
      number?: number;
      households: number;
      joined: number;
      rows: Array<{
        id: Id;
        staff: boolean;
        number?: number;
        mine: boolean;
        author?: string;
        door?: string;
        body?: string;
        at: Instant;
      }>;
    };
  };
  /** Write to the group of households under observation */
  "POST /api/v1/group": {
    request: {
      body: string;
    };
    response: {
      id: Id;
      at: Instant;
    };
  };
  /** Join the group of households under observation */
  "POST /api/v1/group/join": {
    request: {
      household?: Id;
    };
    response: {
      number: number;
    };
  };
  /** Take a post out of the group's sight */
  "POST /api/v1/group/{post}/hide": {
    request: {
      post: Id;
      reason: string;
    };
    response: {
    };
  };
  /** The functional groups and their queues */
  "GET /api/v1/groups": {
    request: {
    };
    response: {
      rows: Array<{
        key: string;
        label: string;
        lead?: Id;
        lead_name: string;
        gap: boolean;
        open: number;
        late: number;
        oldest_due?: Instant;
      }>;
    };
  };
  /** Name who leads a group */
  "POST /api/v1/groups/{group}/lead": {
    request: {
      group: string;
      account: Id;
    };
    response: {
    };
  };
  /** What one group has to do */
  "GET /api/v1/groups/{group}/queue": {
    request: {
      group: string;
    };
    response: {
      label: string;
      rows: Array<{
        duty: Id;
        kind: string;
        subject: string;
        service: string;
        door?: string;
        owner_name: string;
        due: Instant;
      }>;
    };
  };
  /** How to order with an app */
  "GET /api/v1/guides": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        app: string;
        steps: string;
        reads: number;
        published_at: Instant;
      }>;
    };
  };
  /** Publish how to order with an app */
  "POST /api/v1/guides": {
    request: {
      app: string;
      steps: string;
    };
    response: {
      id: Id;
    };
  };
  /** Count that a household opened a guide */
  "POST /api/v1/guides/{guide}/read": {
    request: {
      guide: Id;
    };
    response: {
    };
  };
  /** The resident's page */
  "GET /api/v1/home": {
    request: {
    };
    response: {
      community: string;
      zone: string;
      proved: boolean;
      trusted: boolean;
      now: Instant;
      epoch: string;
      state: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
      reported_at?: Instant;
      window: {
        name: string;
        from: Instant;
        until: Instant;
      };
      contact?: {
        account: Id;
        name: string;
        role: string;
        phone: string;
      };
      duty_phone: string;
      emergency_phone: string;
      unwell?: {
        at: Instant;
        seen_at?: Instant;
        seen_by?: string;
        because: "unwell" | "temperature";
        temperature?: number;
      };
      pictures?: boolean;
      door?: string;
      day?: {
        number?: number;
        length: number;
        left: number;
        ends_on: Day;
      };
      people?: Array<{
        id: Id;
        name?: string;
      }>;
      letters?: Array<{
        code: string;
        person?: Id;
        first_day: Day;
        last_day: Day;
        released_at: Instant;
      }>;
      suspicions?: number;
    };
  };
  /** What comes to a household */
  "GET /api/v1/home/parcels": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        class: "meal" | "fresh" | "parcel";
        state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
        reason?: string;
        number: number;
        window_from?: Instant;
        due?: Instant;
        out_at?: Instant;
        closed_at?: Instant;
        proved: boolean;
        drop_point?: string;
        dropped_at?: Instant;
      }>;
      taken_away: Array<Instant>;
    };
  };
  /** Say that the goods are here */
  "POST /api/v1/home/parcels/{parcel}/confirm": {
    request: {
      parcel: Id;
    };
    response: {
    };
  };
  /** List households as they stand in the place tree */
  "GET /api/v1/households": {
    request: {
      place?: Id;
      filter?: "without_worker" | "without_link" | "observed" | "empty" | "care" | "phone";
      state?: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
      off?: "group" | "supplies" | "report" | "labels";
      worker?: Id;
      q?: string;
      permit?: string;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        dwelling: Id;
        door?: string;
        label?: string;
        people: number;
        names?: string;
        phones?: string;
        links: number;
        state: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
        observed?: boolean;
        lights?: {
          group: boolean;
          supplies: boolean;
          report: boolean;
          labels: boolean;
        };
        worker: string;
        digital: "unknown" | "none" | "chat" | "shops";
        access_notes?: string;
        care?: boolean;
      }>;
      next?: string;
    };
  };
  /** Add a household to a dwelling */
  "POST /api/v1/households": {
    request: {
      dwelling: Id;
      label?: string;
      access_notes?: string;
      digital?: "unknown" | "none" | "chat" | "shops";
    };
    response: {
      id: Id;
    };
  };
  /** Change what is known of a household */
  "POST /api/v1/households/{household}": {
    request: {
      household: Id;
      label?: string;
      access_notes?: string;
      digital?: "unknown" | "none" | "chat" | "shops";
      care?: boolean;
    };
    response: {
    };
  };
  /** Say what somebody cannot do and which language they speak */
  "POST /api/v1/households/{household}/access": {
    request: {
      household: Id;
      cannot_read: boolean;
      cannot_hear: boolean;
      cannot_see: boolean;
      language: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
    };
    response: {
    };
  };
  /** Take up an unwell report */
  "POST /api/v1/households/{household}/acknowledge": {
    request: {
      household: Id;
    };
    response: {
    };
  };
  /** Record what was tried where nobody answered */
  "POST /api/v1/households/{household}/attempts": {
    request: {
      household: Id;
      rung?: string;
      outcome: "no_answer" | "handed_over";
      note?: string;
    };
    response: {
      next_rung?: string;
      next?: Instant;
    };
  };
  /** Make a label or put a sensor to use */
  "POST /api/v1/households/{household}/controls": {
    request: {
      household: Id;
      kind: "door_label" | "ledger_label" | "sensor";
    };
    response: {
      id: Id;
      kind: "door_label" | "ledger_label" | "sensor";
      code: string;
      until_on: Day;
      state: "printed" | "posted" | "expired" | "removed";
    };
  };
  /** The diary of symptoms of a household */
  "GET /api/v1/households/{household}/diary": {
    request: {
      household: Id;
    };
    response: {
      from: Day;
      people: Array<{
        person: Id;
        name?: string;
        free_days?: number;
        last_symptoms?: Day;
        days?: Array<{
          day: Day;
          state: "unknown" | "well" | "symptoms";
          temperature?: number;
          symptoms: string;
        }>;
      }>;
    };
  };
  /** A household is no longer there */
  "POST /api/v1/households/{household}/end": {
    request: {
      household: Id;
      reason: "moved_away" | "merged" | "entered_in_error";
    };
    response: {
    };
  };
  /** Hand a household its link in a message of its own */
  "POST /api/v1/households/{household}/handout": {
    request: {
      household: Id;
      name: string;
      skip?: boolean;
    };
    response: {
      url?: string;
    };
  };
  /** Let somebody stand for a household with others */
  "POST /api/v1/households/{household}/joint": {
    request: {
      household: Id;
      account: Id;
      profession: "doctor" | "police" | "community_worker" | "counsellor" | "other";
    };
    response: {
      id: Id;
    };
  };
  /** A household's account */
  "GET /api/v1/households/{household}/ledger": {
    request: {
      household: Id;
    };
    response: {
      household: Id;
      door?: string;
      owed_fen?: number;
      entries?: Array<{
        id: Id;
        kind: "purchase" | "payment" | "outlay" | "repayment" | "settlement" | "return" | "correction";
        at: Instant;
        fen: number;
        note: string;
        corrected: boolean;
      }>;
    };
  };
  /** A household's links */
  "GET /api/v1/households/{household}/links": {
    request: {
      household: Id;
    };
    response: {
      rows: Array<{
        id: Id;
        name?: string;
        created_at: Instant;
        proved_at?: Instant;
        last_used_at?: Instant;
        revoked_at?: Instant;
        trusted: boolean;
      }>;
    };
  };
  /** Make one more named link for a household */
  "POST /api/v1/households/{household}/links": {
    request: {
      household: Id;
      name: string;
    };
    response: {
      id: Id;
      url: string;
      token: string;
    };
  };
  /** Add somebody to a household */
  "POST /api/v1/households/{household}/people": {
    request: {
      household: Id;
      name: string;
      sex?: "unknown" | "male" | "female";
      born_on?: Day;
      id_number?: string;
      document?: {
        kind: "passport" | "permit" | "other";
        issuer: string;
        number: string;
      };
      relation?: string;
      phone?: string;
      from_on?: Day;
      channel?: "desk" | "scan" | "door" | "phone" | "online";
      same_as?: Id;
      is_new?: boolean;
    };
    response: {
      id?: Id;
      known: boolean;
      confirmed: boolean;
      alike: Array<{
        person: Id;
        likeness: "likely" | "possible" | "phone";
        household?: Id;
        name?: string;
        born_on?: Day;
        door?: string;
      }>;
      elsewhere: number;
    };
  };
  /** Say by which phone somebody is reached */
  "POST /api/v1/households/{household}/phones": {
    request: {
      household: Id;
      person?: Id;
      phone: string;
    };
    response: {
      id: Id;
    };
  };
  /** A phone no longer reaches a household */
  "DELETE /api/v1/households/{household}/phones/{phone}": {
    request: {
      household: Id;
      phone: Id;
      person?: Id;
    };
    response: {
    };
  };
  /** Show the numbers of a household, with a reason */
  "POST /api/v1/households/{household}/reveal": {
    request: {
      household: Id;
      reason: "call_back" | "visit" | "delivery" | "emergency" | "correction";
    };
    response: {
      phones?: Array<{
        id: Id;
        number: string;
      }>;
    };
  };
  /** Write down that somebody may have gone out */
  "POST /api/v1/households/{household}/suspicions": {
    request: {
      household: Id;
      person?: Id;
      evidence: "door_seal" | "sensor" | "patrol" | "neighbour" | "gate" | "other";
      seen_at?: Instant;
      words?: string;
    };
    response: {
      id: Id;
      account_due: Instant;
    };
  };
  /** What happened with a household */
  "GET /api/v1/households/{household}/timeline": {
    request: {
      household: Id;
    };
    response: {
      dwelling: Id;
      door?: string;
      joint: Array<{
        id: Id;
        account: Id;
        profession: "doctor" | "police" | "community_worker" | "counsellor" | "other";
        name: string;
        phone: string;
      }>;
      rows: Array<{
        at: Instant;
        what: "report" | "attempt" | "changed" | "message" | "posted" | "taken_down";
        who?: string;
        how: string;
        wellbeing?: string;
        temperature?: number;
        words?: string;
      }>;
    };
  };
  /** List what was imported */
  "GET /api/v1/imports": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        kind: "dwellings" | "residents";
        file_name?: string;
        state: "reading" | "mapping" | "ready" | "applying" | "applied" | "undoing" | "undone" | "failed" | "cancelled";
        total: number;
        done: number;
        created_at: Instant;
      }>;
      next?: string;
    };
  };
  /** Upload a file to import */
  "POST /api/v1/imports": {
    request: {
      kind: "dwellings" | "residents";
      file_name?: string;
    };
    response: {
      id: Id;
      state: "reading" | "mapping" | "ready" | "applying" | "applied" | "undoing" | "undone" | "failed" | "cancelled";
    };
  };
  /** Show how far an import is */
  "GET /api/v1/imports/{import}": {
    request: {
      import: Id;
    };
    response: {
      id: Id;
      kind: "dwellings" | "residents";
      file_name?: string;
      state: "reading" | "mapping" | "ready" | "applying" | "applied" | "undoing" | "undone" | "failed" | "cancelled";
      columns: Array<{
        name: string;
        sample?: Array<string>;
        field?: "compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes" | "document_kind" | "issuer";
      }>;
      fields: Array<{
        field: "compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes" | "document_kind" | "issuer";
        required: boolean;
      }>;
      total: number;
      counts: {
        new: number;
        changed: number;
        same: number;
        invalid: number;
        applied: number;
        undone: number;
      };
      account: {
        matched: number;
        new: number;
        duplicate: number;
        invalid: number;
      };
      preview: {
        buildings: number;
        entrances: number;
        dwellings: number;
        households: number;
        persons: number;
      };
      progress: {
        done: number;
        total: number;
      };
      source: {
        left_out: number;
        sheets: Array<{
          name: string;
          rows: number;
          taken: boolean;
        }>;
        remembered: boolean;
      };
      error?: string;
      created_at: Instant;
    };
  };
  /** Apply an import */
  "POST /api/v1/imports/{import}/apply": {
    request: {
      import: Id;
    };
    response: {
    };
  };
  /** Give an import up */
  "POST /api/v1/imports/{import}/cancel": {
    request: {
      import: Id;
    };
    response: {
    };
  };
  /** Say what the columns of a file mean */
  "POST /api/v1/imports/{import}/mapping": {
    request: {
      import: Id;
      columns: Array<"compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes" | "document_kind" | "issuer" | null>;
    };
    response: {
    };
  };
  /** List the rows of an import with what becomes of each */
  "GET /api/v1/imports/{import}/rows": {
    request: {
      import: Id;
      state?: "new" | "changed" | "same" | "invalid" | "applied" | "undone";
      remarked?: boolean;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        number: number;
        sheet?: number;
        part?: number;
        state: "new" | "changed" | "same" | "invalid" | "applied" | "undone";
        reason?: string;
        cells?: Array<string>;
      }>;
      next?: string;
    };
  };
  /** Take an import back as a whole */
  "POST /api/v1/imports/{import}/undo": {
    request: {
      import: Id;
    };
    response: {
    };
  };
  /** The inbox in figures */
  "GET /api/v1/inbox": {
    request: {
    };
    response: {
      open: number;
      unread: number;
      emergencies: number;
      asked_back: number;
      today: number;
      classes: Array<{
        class: "status" | "policy" | "supplies" | "medical" | "other";
        today: number;
        waiting: number;
      }>;
      threads: number;
      unowned: number;
      oldest_at?: Instant;
      oldest_minutes: number;
      late: number;
      newest?: Id;
      next: {
        name: string;
        opens: Instant;
        cut_off: Instant;
        drop_from: Instant;
        drop_until: Instant;
      };
      now: Instant;
      services: Array<{
        key: string;
        label: string;
        class: "status" | "policy" | "supplies" | "medical" | "other";
        minutes: number;
      }>;
    };
  };
  /** Invite a worker with a role on a place */
  "POST /api/v1/invitations": {
    request: {
      name: string;
      login: string;
      phone?: string;
      role: string;
      place?: Id;
    };
    response: {
      account: Id;
      url: string;
      token: string;
    };
  };
  /** Choose a password after an invitation */
  "POST /api/v1/join": {
    request: {
      token: string;
      password: string;
    };
    response: {
      login: string;
      totp_secret: string;
      totp_uri: string;
      totp_qr: Array<string>;
    };
  };
  /** Confirm the first one-time code after an invitation */
  "POST /api/v1/join/confirm": {
    request: {
      token: string;
      code: string;
    };
    response: {
      ok: boolean;
    };
  };
  /** End somebody's part in a joint group */
  "POST /api/v1/joint/{member}/end": {
    request: {
      member: Id;
    };
    response: {
    };
  };
  /** Say what is in a kit */
  "POST /api/v1/kits": {
    request: {
      name: string;
      parts: Array<{
        item: string;
        qty: number;
      }>;
    };
    response: {
      id: Id;
    };
  };
  /** Give a kit to a household */
  "POST /api/v1/kits/{kit}/issue": {
    request: {
      kit: Id;
      household: Id;
    };
    response: {
      id: Id;
      met: boolean;
    };
  };
  /** List what is owed and paid */
  "GET /api/v1/ledger": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        account: "household" | "helper" | "supplier" | "cash";
        household?: Id;
        helper?: Id;
        door?: string;
        helper_name: string;
        owed_fen?: number;
        paid_fen?: number;
        supplier?: Id;
      }>;
      next?: string;
    };
  };
  /** Record a payment, an outlay or a repayment */
  "POST /api/v1/ledger": {
    request: {
      kind: "purchase" | "payment" | "outlay" | "repayment" | "settlement" | "return" | "correction";
      fen: number;
      household?: Id;
      helper?: Id;
      supplier?: Id;
      note?: string;
    };
    response: {
      id: Id;
      balance_fen: number;
    };
  };
  /** Correct an entry of the ledger */
  "POST /api/v1/ledger/{entry}/correct": {
    request: {
      entry: Id;
      note: string;
    };
    response: {
      id: Id;
    };
  };
  /** Lessons held, and households by their way */
  "GET /api/v1/lessons": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        topic: string;
        channel: string;
        at: Instant;
        by: string;
        attended: number;
        shops: number;
      }>;
      proxy: number;
      relay: number;
      self: number;
      unknown: number;
    };
  };
  /** Say that a lesson in ordering online was held */
  "POST /api/v1/lessons": {
    request: {
      topic: string;
      channel: string;
      attendees: Array<{
        household: Id;
        shops: boolean;
      }>;
    };
    response: {
      id: Id;
      attended: number;
      changed: number;
    };
  };
  /** Whether a letter of release is genuine */
  "GET /api/v1/letters/{code}": {
    request: {
      code: string;
    };
    response: {
      valid: boolean;
      community?: string;
      first_day?: Day;
      released_on?: Day;
      address?: string;
    };
  };
  /** The four lights of the households */
  "GET /api/v1/lights": {
    request: {
      place?: Id;
    };
    response: {
      households: number;
      group: number;
      supplies: number;
      report: number;
      labels: number;
      all: number;
    };
  };
  /** The page of a link stands before somebody's eyes */
  "POST /api/v1/links/opened": {
    request: {
    };
    response: {
    };
  };
  /** Prove a link once */
  "POST /api/v1/links/{link}/prove": {
    request: {
      link: Id;
      proof: "phone" | "door";
    };
    response: {
    };
  };
  /** Revoke one link */
  "POST /api/v1/links/{link}/revoke": {
    request: {
      link: Id;
    };
    response: {
    };
  };
  /** What was lent and given */
  "GET /api/v1/loans": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        household: Id;
        door?: string;
        thing: string;
        lender?: string;
        kind: string;
        state: string;
        at: Instant;
        due?: Instant;
        ended_at?: Instant;
      }>;
    };
  };
  /** A thing that was lent is back, or lost */
  "POST /api/v1/loans/{loan}/end": {
    request: {
      loan: Id;
      lost: boolean;
    };
    response: {
      state: string;
    };
  };
  /** Who looked at a household */
  "GET /api/v1/looks": {
    request: {
      household?: Id;
    };
    response: {
      household: Id;
      rows?: Array<{
        at: Instant;
        who: string;
        role: string;
        what: string;
        reason: string;
      }>;
    };
  };
  /** The manifest by grid, building or door */
  "GET /api/v1/manifest": {
    request: {
      stage: "grid" | "building" | "door";
      class?: "meal" | "fresh" | "parcel";
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        total: number;
        sorted: number;
        weight_g: number;
        codes?: Array<string>;
      }>;
      next?: string;
    };
  };
  /** What there is to eat */
  "GET /api/v1/menus": {
    request: {
    };
    response: {
      days: Array<{
        day: Day;
        dishes: Array<string>;
      }>;
    };
  };
  /** Publish what there is to eat on a day */
  "POST /api/v1/menus": {
    request: {
      day: Day;
      dishes: Array<string>;
      publish?: boolean;
    };
    response: {
      day: Day;
      dishes: Array<{
        dish: string;
        kind: string;
        served?: Day;
      }>;
      lacking: Array<string>;
      kinds: number;
      published_at?: Instant;
    };
  };
  /** The thread of a household */
  "GET /api/v1/messages": {
    request: {
      household?: Id;
      before?: Id;
    };
    response: {
      rows: Array<{
        id: Id;
        from_household: boolean;
        author?: string;
        body?: string;
        sent_at: Instant;
      }>;
      more: boolean;
      waiting_since?: Instant;
    };
  };
  /** Write into the thread of a household */
  "POST /api/v1/messages": {
    request: {
      household?: Id;
      body: string;
    };
    response: {
      id: Id;
      sent_at: Instant;
    };
  };
  /** List what is asked for, what presses first */
  "GET /api/v1/needs": {
    request: {
      filter?: "open" | "unread" | "asked_back" | "accepted" | "decided";
      class?: "status" | "policy" | "supplies" | "medical" | "other";
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        household?: Id;
        dwelling?: Id;
        door?: string;
        text?: string;
        asked_for?: string;
        class: "status" | "policy" | "supplies" | "medical" | "other";
        service: string;
        urgency: "routine" | "urgent" | "emergency";
        state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
        origin: "resident" | "worker" | "proxy" | "third_party";
        channel: "page" | "phone" | "visit" | "paper" | "relay";
        unread: number;
        gone: boolean;
        media?: string;
        asked_at: Instant;
        due: Instant;
        need_by?: Instant;
        duty?: Id;
        owner_name: string;
        reason: string;
        version: number;
        diet?: boolean;
        only_me: boolean;
        way: string;
      }>;
      next?: string;
    };
  };
  /** Ask for something in one's own words */
  "POST /api/v1/needs": {
    request: {
      text?: string;
      note?: string;
      service?: string;
      household?: Id;
      to?: string;
      sender?: string;
      channel?: "page" | "phone" | "visit" | "paper" | "relay";
      on_behalf?: boolean;
      need_by?: Instant;
      basket?: Id;
      only_me?: boolean;
    };
    response: {
      id: Id;
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      urgency: "routine" | "urgent" | "emergency";
      due: Instant;
      drop_from?: Instant;
      drop_until?: Instant;
      cut_off?: Instant;
      late_for?: Instant;
      door_known: boolean;
      emergency_phone: string;
      strengths: Array<{
        drug: string;
        choices: Array<string>;
      }>;
    };
  };
  /** What the household asked for, and when it comes */
  "GET /api/v1/needs/mine": {
    request: {
    };
    response: {
      needs: Array<{
        id: Id;
        at: Instant;
        state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
        reason: string;
        service: string;
        urgency: "routine" | "urgent" | "emergency";
        from_other: boolean;
        to_other: boolean;
        sender?: string;
        text?: string;
        answer?: string;
        note: boolean;
        only_me: boolean;
        lines?: Array<{
          name: string;
          canonical: string;
          qty?: number;
          unit: string;
          state: "read" | "ask_back" | "too_much";
        }>;
        due: Instant;
        drop_from?: Instant;
        drop_until?: Instant;
        cut_off?: Instant;
        can_withdraw: boolean;
      }>;
      services: Array<{
        key: string;
        label: string;
        class: "status" | "policy" | "supplies" | "medical" | "other";
        minutes: number;
      }>;
      baskets: Array<{
        id: Id;
        name: string;
        price_fen: number;
        lines: Array<{
          name: string;
          canonical: string;
          qty?: number;
          unit: string;
          state: "read" | "ask_back" | "too_much";
        }>;
      }>;
      cut_off: Instant;
      drop_from: Instant;
      drop_until: Instant;
      line: string;
    };
  };
  /** Read a text as it is typed */
  "POST /api/v1/needs/read": {
    request: {
      text: string;
    };
    response: {
      class: "status" | "policy" | "supplies" | "medical" | "other";
      service: string;
      urgency: "routine" | "urgent" | "emergency";
      lines: Array<{
        name: string;
        canonical: string;
        qty?: number;
        unit: string;
        state: "read" | "ask_back" | "too_much";
      }>;
      pieces: Array<{
        from: number;
        to: number;
        kind: string;
      }>;
      unread: number;
      sure: boolean;
      cut_off: Instant;
      drop_from: Instant;
      drop_until: Instant;
      late_for?: Instant;
      emergency_phone: string;
      strengths: Array<{
        drug: string;
        choices: Array<string>;
      }>;
    };
  };
  /** One need, with what to decide it by */
  "GET /api/v1/needs/{need}": {
    request: {
      need: Id;
    };
    response: {
      row: {
        id: Id;
        household?: Id;
        dwelling?: Id;
        door?: string;
        text?: string;
        asked_for?: string;
        class: "status" | "policy" | "supplies" | "medical" | "other";
        service: string;
        urgency: "routine" | "urgent" | "emergency";
        state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
        origin: "resident" | "worker" | "proxy" | "third_party";
        channel: "page" | "phone" | "visit" | "paper" | "relay";
        unread: number;
        gone: boolean;
        media?: string;
        asked_at: Instant;
        due: Instant;
        need_by?: Instant;
        duty?: Id;
        owner_name: string;
        reason: string;
        version: number;
        diet?: boolean;
        only_me: boolean;
        way: string;
      };
      text?: string;
      answer?: string;
      sender?: string;
      sender_door?: string;
      access_notes?: string;
      lines?: Array<{
        name: string;
        canonical: string;
        qty?: number;
        unit: string;
        state: "read" | "ask_back" | "too_much";
      }>;
      pieces: Array<{
        from: number;
        to: number;
        kind: string;
      }>;
      before?: Array<{
        id: Id;
        at: Instant;
        text?: string;
        state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      }>;
      similar?: Array<{
        id: Id;
        at: Instant;
        text?: string;
        state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      }>;
      note: boolean;
      order?: Id;
    };
  };
  /** Say what was bought at a shop for an errand */
  "POST /api/v1/needs/{need}/buy": {
    request: {
      need: Id;
      thing: string;
      fen: number;
      shop?: Id;
      receipt?: string;
    };
    response: {
      id: Id;
      entry: Id;
    };
  };
  /** Decide what becomes of a need */
  "POST /api/v1/needs/{need}/decide": {
    request: {
      need: Id;
      version: number;
      decision: "order" | "accept" | "ask_back" | "answer" | "done" | "decline" | "emergency" | "keep";
      lines?: Array<{
        name: string;
        canonical: string;
        qty?: number;
        unit: string;
        state: "read" | "ask_back" | "too_much";
      }>;
      service?: string;
      answer?: string;
      household?: Id;
      corrections?: Array<{
        written: string;
        meant: string;
      }>;
    };
    response: {
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      version: number;
      drop_from?: Instant;
      drop_until?: Instant;
      late_for?: Instant;
    };
  };
  /** The file of a need, for whoever it is assigned to */
  "GET /api/v1/needs/{need}/file": {
    request: {
      need: Id;
    };
    response: {
    };
  };
  /** Put a file to a need, for whoever it is assigned to */
  "POST /api/v1/needs/{need}/file": {
    request: {
      need: Id;
    };
    response: {
    };
  };
  /** Say that it was done, by whoever it was assigned to */
  "POST /api/v1/needs/{need}/finish": {
    request: {
      need: Id;
    };
    response: {
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
    };
  };
  /** Meet a need with a loan or a gift */
  "POST /api/v1/needs/{need}/loan": {
    request: {
      need: Id;
      thing: string;
      gift: boolean;
      lender?: Id;
      lender_name?: string;
      due?: Instant;
    };
    response: {
      id: Id;
      state: string;
    };
  };
  /** The photo or recording of a need */
  "GET /api/v1/needs/{need}/note": {
    request: {
      need: Id;
    };
    response: {
    };
  };
  /** Offer a need to whoever is nearest */
  "POST /api/v1/needs/{need}/offer": {
    request: {
      need: Id;
    };
    response: {
      asked: number;
    };
  };
  /** Answer what was asked back */
  "POST /api/v1/needs/{need}/reply": {
    request: {
      need: Id;
      text: string;
    };
    response: {
    };
  };
  /** An errand step by step */
  "GET /api/v1/needs/{need}/steps": {
    request: {
      need: Id;
    };
    response: {
      need: Id;
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      owner_name: string;
      steps: Array<{
        step: string;
        at: Instant;
        by: string;
        thing?: string;
        shop: string;
        fen?: number;
        receipt: boolean;
      }>;
      spent_fen?: number;
    };
  };
  /** Type what a note says */
  "POST /api/v1/needs/{need}/type": {
    request: {
      need: Id;
      version: number;
      text: string;
    };
    response: {
      version: number;
      unread: number;
      urgency: "routine" | "urgent" | "emergency";
    };
  };
  /** Take a decision about a need back */
  "POST /api/v1/needs/{need}/undo": {
    request: {
      need: Id;
      version: number;
    };
    response: {
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
      version: number;
    };
  };
  /** Take back what was asked */
  "POST /api/v1/needs/{need}/withdraw": {
    request: {
      need: Id;
    };
    response: {
    };
  };
  /** Extend, shorten or restart an observation */
  "POST /api/v1/observation-grounds/{ground}/change": {
    request: {
      ground: Id;
      start_event_on?: Day;
      length_days?: number;
      reason: string;
    };
    response: {
      before: Day;
      ends_on: Day;
    };
  };
  /** Open an observation for a household or a place */
  "POST /api/v1/observations": {
    request: {
      household?: Id;
      place?: Id;
      person?: Id;
      ground: "area" | "exposed" | "returnee" | "case_contact" | "voluntary" | "other";
      source?: "worker" | "self" | "screened" | "pushed" | "captain" | "hotline" | "found";
      start_event_on?: Day;
      length_days?: number;
    };
    response: {
      opened: number;
      skipped: number;
      doors: number;
      first_day: Day;
      ends_on: Day;
    };
  };
  /** List who completed their days */
  "GET /api/v1/observations/completed": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        household: Id;
        dwelling: Id;
        door?: string;
        person?: string;
        persons: number;
        first_day?: Day;
        last_day?: Day;
        released_at: Instant;
        released_by: string;
        code?: string;
        rating?: number;
        feedback?: string;
        may_publish: boolean;
      }>;
      next?: string;
    };
  };
  /** Households and persons under observation */
  "GET /api/v1/observations/counts": {
    request: {
    };
    response: {
      households: {
        current: number;
        peak: number;
        cumulative: number;
        peak_on?: Day;
      };
      persons: {
        current: number;
        peak: number;
        cumulative: number;
        peak_on?: Day;
      };
      ordered: {
        households: {
          current: number;
          peak: number;
          cumulative: number;
          peak_on?: Day;
        };
        persons: {
          current: number;
          peak: number;
          cumulative: number;
          peak_on?: Day;
        };
      };
    };
  };
  /** Where each person stands between known and released */
  "GET /api/v1/observations/stages": {
    request: {
      place?: Id;
    };
    response: {
      persons: number;
      collected: number;
      arranged: number;
      served: number;
      released: number;
      left: number;
    };
  };
  /** End an observation with a reason */
  "POST /api/v1/observations/{observation}/end": {
    request: {
      observation: Id;
      reason: "completed" | "became_case" | "transferred" | "deceased" | "entered_in_error" | "lost" | "merged";
      ground?: Id;
      note?: string;
    };
    response: {
      letters: Array<string>;
      confirmed: boolean;
    };
  };
  /** What is offered to me */
  "GET /api/v1/offers": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        need: Id;
        service: string;
        building: string;
        ring: number;
        state: string;
        offered_at: Instant;
        door?: string;
        lines: Array<{
          name: string;
          canonical: string;
          qty?: number;
          unit: string;
          state: "read" | "ask_back" | "too_much";
        }>;
      }>;
    };
  };
  /** Take what was offered, or say no */
  "POST /api/v1/offers/{offer}/answer": {
    request: {
      offer: Id;
      accept: boolean;
    };
    response: {
      state: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
    };
  };
  /** Who is on duty now */
  "GET /api/v1/on-call": {
    request: {
    };
    response: {
      rows: Array<{
        account: Id;
        name: string;
        role: string;
        phone: string;
        place_name: string;
        until: Instant;
      }>;
    };
  };
  /** Households that were opened in an emergency */
  "GET /api/v1/openings": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        household: Id;
        dwelling: Id;
        door?: string;
        who?: string;
        reason: "no_answer" | "unwell" | "danger" | "family_asks" | "worker_unreachable";
        words?: string;
        opened_at: Instant;
        until: Instant;
        lasts: boolean;
        own: boolean;
        verdict?: "justified" | "mistaken" | "unjustified";
        reviewed_by?: string;
        note?: string;
      }>;
      next?: string;
    };
  };
  /** Open a household in an emergency */
  "POST /api/v1/openings": {
    request: {
      household: Id;
      reason: "no_answer" | "unwell" | "danger" | "family_asks" | "worker_unreachable";
      words: string;
    };
    response: {
      id?: Id;
      dwelling: Id;
      until?: Instant;
    };
  };
  /** Find a door to open in an emergency */
  "POST /api/v1/openings/doors": {
    request: {
      text: string;
    };
    response: {
      rows: Array<{
        dwelling: Id;
        door?: string;
        yours: boolean;
        households?: Array<{
          id: Id;
          label: string;
        }>;
      }>;
      more: boolean;
    };
  };
  /** End what oneself has opened */
  "POST /api/v1/openings/{opening}/close": {
    request: {
      opening: Id;
    };
    response: {
    };
  };
  /** Say what an opening in an emergency was */
  "POST /api/v1/openings/{opening}/review": {
    request: {
      opening: Id;
      verdict: "justified" | "mistaken" | "unjustified";
      note: string;
    };
    response: {
    };
  };
  /** Take a line back after it was bought */
  "POST /api/v1/order-lines/{line}/return": {
    request: {
      line: Id;
      note: string;
    };
    response: {
      fen: number;
      parcel_stays: boolean;
    };
  };
  /** Where an order is */
  "GET /api/v1/orders/{order}": {
    request: {
      order: Id;
    };
    response: {
      id: Id;
      household: Id;
      door?: string;
      state: "open" | "closed" | "bought" | "cancelled" | "delivered";
      on_behalf: string;
      drop_from: Instant;
      drop_until: Instant;
      lines?: Array<{
        name: string;
        unit: string;
        qty: number;
        granted?: number;
        instead: string;
        state: "ordered" | "cancelled" | "granted" | "short" | "replaced" | "out_of_stock" | "returned";
      }>;
      steps: Array<{
        step: string;
        at: Instant;
        by: string;
      }>;
    };
  };
  /** Let go out what a restore held back */
  "POST /api/v1/outgoing/release": {
    request: {
    };
    response: {
    };
  };
  /** Paper with an address that is gone */
  "GET /api/v1/papers": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        kind: "slip" | "letter";
        building?: Id;
        building_name: string;
        door?: string;
        url: string;
        printed_at: Instant;
      }>;
      next?: string;
    };
  };
  /** Say that a paper is gone */
  "POST /api/v1/papers/{paper}/remove": {
    request: {
      paper: Id;
    };
    response: {
    };
  };
  /** List parcels */
  "GET /api/v1/parcels": {
    request: {
      filter?: "open" | "expected" | "waiting" | "held" | "out" | "late" | "overdue" | "unknown" | "unproved" | "delivered" | "returned";
      class?: "meal" | "fresh" | "parcel";
      point?: Id;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        code: string;
        class: "meal" | "fresh" | "parcel";
        goods: "takeaway" | "courier" | "produce" | "daily";
        state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
        reason?: string;
        household?: Id;
        door?: string;
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        number: number;
        of: number;
        weight_g: number;
        ordered: boolean;
        point?: Id;
        run?: Id;
        window_from?: Instant;
        due?: Instant;
        late: boolean;
        proof?: string;
        received_at?: Instant;
        disinfected_at?: Instant;
        sorted_at?: Instant;
        closed_at?: Instant;
      }>;
      next?: string;
    };
  };
  /** Record that goods were disinfected */
  "POST /api/v1/parcels/disinfect": {
    request: {
      scans?: Array<string>;
      all?: boolean;
      point?: Id;
    };
    response: {
      done: number;
      again: number;
      refused: Array<{
        scan: string;
        code: string;
      }>;
    };
  };
  /** Hand goods over from one point to another */
  "POST /api/v1/parcels/hand-over": {
    request: {
      scans: Array<string>;
      to: Id;
      giver: string;
    };
    response: {
      done: number;
      crossed: number;
    };
  };
  /** Labels to print */
  "POST /api/v1/parcels/labels": {
    request: {
      parcels: Array<Id>;
    };
    response: {
      labels: Array<{
        id: Id;
        code: string;
        class: "meal" | "fresh" | "parcel";
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        number: number;
        of: number;
        qr: Array<string>;
      }>;
    };
  };
  /** Take goods in, announced or not */
  "POST /api/v1/parcels/receive": {
    request: {
      scan?: string;
      door?: string;
      household?: Id;
      point?: Id;
      class?: "meal" | "fresh" | "parcel";
      goods?: "takeaway" | "courier" | "produce" | "daily";
      words?: string;
      weight_g?: number;
      volume_ml?: number;
      giver?: "courier" | "supplier" | "volunteer" | "neighbour" | "relative" | "police";
      nobody_knows?: boolean;
    };
    response: {
      again: boolean;
      created: boolean;
      class_by: string;
      parcel: {
        id: Id;
        code: string;
        class: "meal" | "fresh" | "parcel";
        goods: "takeaway" | "courier" | "produce" | "daily";
        state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
        reason?: string;
        household?: Id;
        door?: string;
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        number: number;
        of: number;
        weight_g: number;
        ordered: boolean;
        point?: Id;
        run?: Id;
        window_from?: Instant;
        due?: Instant;
        late: boolean;
        proof?: string;
        received_at?: Instant;
        disinfected_at?: Instant;
        sorted_at?: Instant;
        closed_at?: Instant;
      };
    };
  };
  /** One scan to its bin */
  "POST /api/v1/parcels/sort": {
    request: {
      scan?: string;
      door?: string;
      class?: "meal" | "fresh" | "parcel";
      undo?: Id;
    };
    response: {
      sorted: boolean;
      again: boolean;
      other_wave: boolean;
      parcel: {
        id: Id;
        code: string;
        class: "meal" | "fresh" | "parcel";
        goods: "takeaway" | "courier" | "produce" | "daily";
        state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
        reason?: string;
        household?: Id;
        door?: string;
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        number: number;
        of: number;
        weight_g: number;
        ordered: boolean;
        point?: Id;
        run?: Id;
        window_from?: Instant;
        due?: Instant;
        late: boolean;
        proof?: string;
        received_at?: Instant;
        disinfected_at?: Instant;
        sorted_at?: Instant;
        closed_at?: Instant;
      };
    };
  };
  /** One parcel and its steps */
  "GET /api/v1/parcels/{parcel}": {
    request: {
      parcel: Id;
    };
    response: {
      parcel: {
        id: Id;
        code: string;
        class: "meal" | "fresh" | "parcel";
        goods: "takeaway" | "courier" | "produce" | "daily";
        state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
        reason?: string;
        household?: Id;
        door?: string;
        grid: string;
        building: string;
        entrance: string;
        dwelling?: string;
        number: number;
        of: number;
        weight_g: number;
        ordered: boolean;
        point?: Id;
        run?: Id;
        window_from?: Instant;
        due?: Instant;
        late: boolean;
        proof?: string;
        received_at?: Instant;
        disinfected_at?: Instant;
        sorted_at?: Instant;
        closed_at?: Instant;
      };
      steps: Array<{
        step: "expected" | "arrived" | "received" | "disinfected" | "sorted" | "handed_over" | "assigned" | "unassigned" | "out" | "delivered" | "proved" | "undone" | "moved" | "held" | "resumed" | "returned" | "lost" | "cancelled" | "edited" | "picked_up";
        at: Instant;
        recorded_at: Instant;
        by: string;
        point?: string;
        counterpart?: string;
        reason?: string;
      }>;
    };
  };
  /** Put right what was noted of a parcel */
  "POST /api/v1/parcels/{parcel}": {
    request: {
      parcel: Id;
      class?: "meal" | "fresh" | "parcel";
      goods?: "takeaway" | "courier" | "produce" | "daily";
      weight_g?: number;
      door?: string;
      household?: Id;
    };
    response: {
      id: Id;
      code: string;
      class: "meal" | "fresh" | "parcel";
      goods: "takeaway" | "courier" | "produce" | "daily";
      state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
      reason?: string;
      household?: Id;
      door?: string;
      grid: string;
      building: string;
      entrance: string;
      dwelling?: string;
      number: number;
      of: number;
      weight_g: number;
      ordered: boolean;
      point?: Id;
      run?: Id;
      window_from?: Instant;
      due?: Instant;
      late: boolean;
      proof?: string;
      received_at?: Instant;
      disinfected_at?: Instant;
      sorted_at?: Instant;
      closed_at?: Instant;
    };
  };
  /** Say what becomes of goods that cannot be brought now */
  "POST /api/v1/parcels/{parcel}/aside": {
    request: {
      parcel: Id;
      as: "held" | "returned" | "lost" | "resumed";
      reason?: "no_answer" | "refused" | "missing" | "wrong_door" | "damaged" | "household_left" | "in_hospital" | "nobody_knows" | "asked_later" | "not_reached" | "other";
    };
    response: {
      id: Id;
      code: string;
      class: "meal" | "fresh" | "parcel";
      goods: "takeaway" | "courier" | "produce" | "daily";
      state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
      reason?: string;
      household?: Id;
      door?: string;
      grid: string;
      building: string;
      entrance: string;
      dwelling?: string;
      number: number;
      of: number;
      weight_g: number;
      ordered: boolean;
      point?: Id;
      run?: Id;
      window_from?: Instant;
      due?: Instant;
      late: boolean;
      proof?: string;
      received_at?: Instant;
      disinfected_at?: Instant;
      sorted_at?: Instant;
      closed_at?: Instant;
    };
  };
  /** The picture of a parcel at its door */
  "GET /api/v1/parcels/{parcel}/photo": {
    request: {
      parcel: Id;
    };
    response: {
    };
  };
  /** Add the passkey that was made */
  "POST /api/v1/passkeys": {
    request: {
      challenge: string;
      client_data: string;
      authenticator_data: string;
      device?: string;
    };
    response: {
      id: Id;
    };
  };
  /** Begin to add a passkey */
  "POST /api/v1/passkeys/begin": {
    request: {
    };
    response: {
      challenge: string;
      domain: string;
      user: string;
      login: string;
      name: string;
      known: Array<string>;
    };
  };
  /** Remove a passkey */
  "POST /api/v1/passkeys/{passkey}/remove": {
    request: {
      passkey: Id;
    };
    response: {
    };
  };
  /** List what was said to be paid */
  "GET /api/v1/payment-claims": {
    request: {
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        at: Instant;
        household: Id;
        door?: string;
        order?: Id;
        fen?: number;
        method?: "wechat" | "alipay" | "bank" | "cash";
        reference?: string;
        said_elsewhere?: boolean;
        by?: string;
        trusted: boolean;
        proved: boolean;
        owed_fen?: number;
      }>;
      next?: string;
    };
  };
  /** Say that something was paid */
  "POST /api/v1/payment-claims": {
    request: {
      fen: number;
      method: "wechat" | "alipay" | "bank" | "cash";
      reference?: string;
      order?: Id;
      sure?: boolean;
    };
    response: {
      id: Id;
      state: "claimed" | "confirmed" | "rejected" | "corrected";
    };
  };
  /** Say whether a payment came */
  "POST /api/v1/payment-claims/{claim}/decide": {
    request: {
      claim: Id;
      decision: "confirm" | "reject";
      reason?: "not_received" | "other_amount" | "twice" | "other";
      note?: string;
    };
    response: {
      state: "claimed" | "confirmed" | "rejected" | "corrected";
      entry?: Id;
      owed_fen?: number;
    };
  };
  /** What the household owes, and what it says it paid */
  "GET /api/v1/payments/mine": {
    request: {
    };
    response: {
      owed_fen?: number;
      waiting_fen?: number;
      orders: Array<{
        id: Id;
        at: Instant;
        state: "open" | "closed" | "bought" | "cancelled" | "delivered";
        drop_from: Instant;
        drop_until: Instant;
        delivered_at?: Instant;
        fen?: number;
      }>;
      claims: Array<{
        id: Id;
        at: Instant;
        fen: number;
        method: "wechat" | "alipay" | "bank" | "cash";
        reference: string;
        state: "claimed" | "confirmed" | "rejected" | "corrected";
        reason?: "not_received" | "other_amount" | "twice" | "other";
        note: string;
        order?: Id;
        decided_at?: Instant;
      }>;
    };
  };
  /** Change what is known of a person */
  "POST /api/v1/people/{person}": {
    request: {
      person: Id;
      name?: string;
      sex?: "unknown" | "male" | "female";
      born_on?: Day;
      id_number?: string;
      document?: {
        kind: "passport" | "permit" | "other";
        issuer: string;
        number: string;
      };
    };
    response: {
    };
  };
  /** Erase a person who asks for it */
  "POST /api/v1/people/{person}/erase": {
    request: {
      person: Id;
      cause: "asked" | "expired" | "error";
    };
    response: {
      id: Id;
      state: "asked" | "planned" | "held" | "done";
    };
  };
  /** Somebody no longer lives in a household */
  "POST /api/v1/people/{person}/leave": {
    request: {
      person: Id;
      household?: Id;
      on?: Day;
      reason?: "completed" | "became_case" | "transferred" | "deceased" | "entered_in_error" | "lost" | "merged";
      note?: string;
    };
    response: {
      confirmed: boolean;
    };
  };
  /** Somebody is about to be taken away */
  "POST /api/v1/people/{person}/leaving": {
    request: {
      person: Id;
      pet?: boolean;
    };
    response: {
      duty?: Id;
      dependants: Array<{
        person: Id;
        name?: string;
      }>;
    };
  };
  /** Somebody moves to another household */
  "POST /api/v1/people/{person}/move": {
    request: {
      person: Id;
      household: Id;
      relation?: string;
      on?: Day;
    };
    response: {
    };
  };
  /** How a person came to be known */
  "GET /api/v1/people/{person}/sources": {
    request: {
      person: Id;
    };
    response: {
      rows: Array<{
        channel: string;
        list?: string;
        times: number;
        first_at: Instant;
        last_at: Instant;
      }>;
    };
  };
  /** Ask another community to take somebody over who moves there */
  "POST /api/v1/people/{person}/transfer": {
    request: {
      person: Id;
      community: Id;
      address?: string;
      note?: string;
    };
    response: {
      id: Id;
    };
  };
  /** Say where somebody is who is not at home */
  "POST /api/v1/people/{person}/whereabouts": {
    request: {
      person: Id;
      state: "home" | "hospital" | "central" | "away" | "deceased";
      place?: string;
      contact?: string;
      expected_on?: Day;
      override_reason?: string;
    };
    response: {
      state: "home" | "hospital" | "central" | "away" | "deceased";
      confirmed: boolean;
    };
  };
  /** List the places of the tree with their counts */
  "GET /api/v1/places": {
    request: {
      below?: Id;
      kind?: "compound" | "grid" | "building" | "entrance" | "dwelling" | "room";
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        parent?: Id;
        kind: "compound" | "grid" | "building" | "entrance" | "dwelling" | "room";
        name: string;
        position: number;
        floors?: number;
        lift?: boolean;
        floor?: number;
        counts: {
          buildings: number;
          entrances: number;
          dwellings: number;
          households: number;
          persons: number;
        };
      }>;
      next?: string;
    };
  };
  /** Add a place to the tree */
  "POST /api/v1/places": {
    request: {
      kind: "compound" | "grid" | "building" | "entrance" | "dwelling" | "room";
      parent?: Id;
      name: string;
      position?: number;
      floors?: number;
      lift?: boolean;
      floor?: number;
    };
    response: {
      id: Id;
    };
  };
  /** Make a building's claim link for its chat group */
  "POST /api/v1/places/{place}/claim-link": {
    request: {
      place: Id;
      name: string;
    };
    response: {
      url: string;
    };
  };
  /** Void a building's claim link */
  "POST /api/v1/places/{place}/claim-link/close": {
    request: {
      place: Id;
    };
    response: {
    };
  };
  /** What each household has at its door on paper */
  "GET /api/v1/places/{place}/door-slips": {
    request: {
      place: Id;
    };
    response: {
      address: string;
      rows: Array<{
        household: Id;
        door?: string;
        label?: string;
        door_code?: string;
        courier_code: string;
        qr: Array<string>;
        uncoded: boolean;
      }>;
    };
  };
  /** How far the links of a building were sent one by one */
  "GET /api/v1/places/{place}/handout": {
    request: {
      place: Id;
    };
    response: {
      name: string;
      total: number;
      opened: number;
      sent: number;
      skipped: number;
      left: number;
      phone: number;
      claim_link_at?: Instant;
      next?: {
        household: Id;
        door?: string;
        label?: string;
        names?: string;
        phones?: string;
      };
      last?: {
        household: Id;
        door?: string;
        label?: string;
        names?: string;
        phones?: string;
      };
    };
  };
  /** List where a place has been hung */
  "GET /api/v1/places/{place}/history": {
    request: {
      place: Id;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        at: Instant;
        from?: Id;
        from_name?: string;
        to?: Id;
        to_name?: string;
        by?: Id;
      }>;
      next?: string;
    };
  };
  /** Make first links for the households below a place */
  "POST /api/v1/places/{place}/links": {
    request: {
      place: Id;
      name: string;
      uncoded?: boolean;
    };
    response: {
      rows: Array<{
        household: Id;
        door?: string;
        label?: string;
        url: string;
        token: string;
        claim_code: string;
      }>;
    };
  };
  /** Hang a place below another one */
  "POST /api/v1/places/{place}/move": {
    request: {
      place: Id;
      parent?: Id;
    };
    response: {
    };
  };
  /** Take a place out of the tree */
  "POST /api/v1/places/{place}/remove": {
    request: {
      place: Id;
      reason: "entered_in_error" | "merged" | "demolished";
    };
    response: {
    };
  };
  /** Rename a place, or say its floors and lift */
  "POST /api/v1/places/{place}/rename": {
    request: {
      place: Id;
      name?: string;
      position?: number;
      floors?: number;
      lift?: boolean;
      floor?: number;
    };
    response: {
    };
  };
  /** How an area stands and stood */
  "GET /api/v1/places/{place}/status": {
    request: {
      place: Id;
      on?: Day;
    };
    response: {
      on: Day;
      status: "normal" | "control" | "lockdown";
      set_for?: string;
      history: Array<{
        status: "normal" | "control" | "lockdown";
        from_on: Day;
        until_on?: Day;
        reason: string;
        set_at: Instant;
        set_by: string;
      }>;
    };
  };
  /** Say how an area stands from a day on */
  "POST /api/v1/places/{place}/status": {
    request: {
      place: Id;
      status: "normal" | "control" | "lockdown";
      from_on?: Day;
      until_on?: Day;
      reason: string;
    };
    response: {
      id: Id;
    };
  };
  /** Add a place where goods lie */
  "POST /api/v1/points": {
    request: {
      kind: "checkpoint" | "workstation" | "drop_point" | "shop";
      name: string;
      place?: Id;
      outside?: boolean;
      east_m?: number;
      north_m?: number;
    };
    response: {
      id: Id;
    };
  };
  /** Close a point where nothing lies any more */
  "POST /api/v1/points/{point}/close": {
    request: {
      point: Id;
    };
    response: {
    };
  };
  /** Say what was seen where nobody is known */
  "POST /api/v1/presence": {
    request: {
      dwelling: Id;
      outcome: "present" | "stranded" | "away" | "empty";
      sign: string;
    };
    response: {
      household?: Id;
      signs: number;
      settled: boolean;
    };
  };
  /** What is kept about people and how long */
  "GET /api/v1/privacy": {
    request: {
    };
    response: {
      rows: Array<{
        table: string;
        column: string;
        field_class: string;
        purpose: string;
        basis: string;
        period: string;
        since: string;
        days?: number;
      }>;
    };
  };
  /** Programmes, their owners and figures */
  "GET /api/v1/programmes": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        name: string;
        owner: string;
        helpers: Array<Id>;
        baskets: number;
        ordered: number;
        delivered: number;
        today: number;
      }>;
      baskets: Array<{
        id: Id;
        name: string;
        price_fen: number;
        programme?: Id;
      }>;
    };
  };
  /** Open a programme with its owner */
  "POST /api/v1/programmes": {
    request: {
      name: string;
      owner: string;
      helpers: Array<Id>;
      baskets: Array<Id>;
    };
    response: {
      id: Id;
    };
  };
  /** Say what a supplier said to a line */
  "POST /api/v1/purchase-lines/{line}/answer": {
    request: {
      line: Id;
      answer: "open" | "accepted" | "replaced" | "out_of_stock";
      supplied?: number;
      instead?: string;
      price_fen?: number;
    };
    response: {
    };
  };
  /** How people reach the house, and what works */
  "GET /api/v1/reach": {
    request: {
    };
    response: {
      mode: "desk" | "local" | "public";
      declared: boolean;
      url: string;
      proved_at?: Instant;
      print_refusal?: string;
      features: Array<{
        feature: "desk_work" | "resident_links" | "paper_codes" | "outside" | "offline_run" | "camera";
        works: boolean;
        reason?: string;
      }>;
    };
  };
  /** Declare how people reach the house */
  "POST /api/v1/reach": {
    request: {
      mode: "desk" | "local" | "public";
    };
    response: {
      mode: "desk" | "local" | "public";
      declared: boolean;
      url: string;
      proved_at?: Instant;
      print_refusal?: string;
      features: Array<{
        feature: "desk_work" | "resident_links" | "paper_codes" | "outside" | "offline_run" | "camera";
        works: boolean;
        reason?: string;
      }>;
    };
  };
  /** Both ends of a proof speak here */
  "POST /api/v1/reach/open": {
    request: {
      token: string;
      origin: string;
      device: string;
      desk: boolean;
    };
    response: {
      proved: boolean;
    };
  };
  /** Make the code by which a second device proves the address */
  "POST /api/v1/reach/proofs": {
    request: {
    };
    response: {
      token: string;
      url: string;
      ends_at: Instant;
    };
  };
  /** Make codes for a lost authenticator */
  "POST /api/v1/recovery-codes": {
    request: {
      password: string;
    };
    response: {
      codes: Array<string>;
    };
  };
  /** Take in a relay */
  "POST /api/v1/relays": {
    request: {
      text: string;
      relay?: Id;
      fresh?: boolean;
    };
    response: {
      relay: Id;
      added: number;
      changed: number;
      same: number;
      withdrawn: number;
      gone: number;
      waiting: number;
      rows: Array<{
        key?: string;
        text?: string;
        household?: Id;
        change: "added" | "changed" | "same" | "withdrawn" | "gone";
        lines?: Array<{
          name: string;
          canonical: string;
          qty?: number;
          unit: string;
          state: "read" | "ask_back" | "too_much";
        }>;
        pieces: Array<{
          from: number;
          to: number;
          kind: string;
        }>;
        unread: number;
        sure: boolean;
        need?: Id;
        state?: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
        refused: string;
      }>;
    };
  };
  /** Read a relay as it is pasted */
  "POST /api/v1/relays/read": {
    request: {
      text: string;
      relay?: Id;
    };
    response: {
      relay?: Id;
      title: string;
      rows: Array<{
        key?: string;
        text?: string;
        household?: Id;
        change: "added" | "changed" | "same" | "withdrawn" | "gone";
        lines?: Array<{
          name: string;
          canonical: string;
          qty?: number;
          unit: string;
          state: "read" | "ask_back" | "too_much";
        }>;
        pieces: Array<{
          from: number;
          to: number;
          kind: string;
        }>;
        unread: number;
        sure: boolean;
        need?: Id;
        state?: "waiting" | "asked_back" | "accepted" | "done" | "declined" | "cancelled";
        refused: string;
      }>;
      rest: string;
      unread: number;
    };
  };
  /** What people asked about their data */
  "GET /api/v1/requests": {
    request: {
      cursor?: string;
      limit?: number;
      open?: boolean;
    };
    response: {
      rows: Array<{
        id: Id;
        household: Id;
        door?: string;
        person?: Id;
        name?: string;
        guardian?: string;
        kind: "access" | "correction" | "export" | "objection" | "complaint" | "who_looked" | "erasure";
        channel: "page" | "phone" | "paper" | "door";
        words?: string;
        state: "open" | "granted" | "partly" | "refused";
        asked_at: Instant;
        due_at: Instant;
        late: boolean;
        answered_at?: Instant;
        answered_by?: string;
        answer?: string;
        file: boolean;
        own: boolean;
        erasures: Array<{
          id: Id;
          state: "asked" | "planned" | "held" | "done";
        }>;
      }>;
      next?: string;
    };
  };
  /** Ask about what is kept of oneself */
  "POST /api/v1/requests": {
    request: {
      household?: Id;
      person?: Id;
      guardian?: Id;
      kind: "access" | "correction" | "export" | "objection" | "complaint" | "who_looked" | "erasure";
      channel?: "page" | "phone" | "paper" | "door";
      words?: string;
    };
    response: {
      id: Id;
      due_at: Instant;
      state: "open" | "granted" | "partly" | "refused";
    };
  };
  /** Answer what somebody asked about their data */
  "POST /api/v1/requests/{request}/answer": {
    request: {
      request: Id;
      outcome: "open" | "granted" | "partly" | "refused";
      words: string;
    };
    response: {
    };
  };
  /** Erase whoever asked for it at the desk */
  "POST /api/v1/requests/{request}/erase": {
    request: {
      request: Id;
    };
    response: {
      erasures: Array<{
        id: Id;
        state: "asked" | "planned" | "held" | "done";
      }>;
    };
  };
  /** Everything that is kept about who asked */
  "GET /api/v1/requests/{request}/file": {
    request: {
      request: Id;
    };
    response: {
      kind: string;
      request: Id;
      community: string;
      made_at: Instant;
      door?: string;
      sections?: Array<{
        table: string;
        purpose: string;
        basis: string;
        days?: number;
        rows: Array<{
          at?: Instant;
          values: Array<{
            name: string;
            value: string;
          }>;
        }>;
      }>;
      left_out: Array<string>;
    };
  };
  /** Who is present at the day's roll call */
  "GET /api/v1/roll-call": {
    request: {
    };
    response: {
      as_of: Instant;
      window: {
        name: string;
        from: Instant;
        until: Instant;
      };
      households: number;
      present: number;
      waiting: number;
      absent: number;
      rows: Array<{
        household: Id;
        dwelling: Id;
        door?: string;
        names?: string;
        state: "waiting" | "present" | "absent";
        at?: Instant;
        channel: string;
        with?: string;
      }>;
    };
  };
  /** Load a rule pack from a TOML file */
  "POST /api/v1/rules": {
    request: {
    };
    response: {
      name: string;
      hash: string;
      control: boolean;
      changed: boolean;
    };
  };
  /** The run that a link opens */
  "GET /api/v1/run": {
    request: {
    };
    response: {
      id: Id;
      state: "planned" | "out" | "done" | "cancelled";
      community: string;
      zone: string;
      carrier_name: string;
      helper_name: string;
      building: string;
      entrance: string;
      from: string;
      leave: Instant;
      due: Instant;
      now: Instant;
      epoch: string;
      helpers: number;
      version: number;
      duty_phone: string;
      emergency_phone: string;
      stops: Array<{
        household: Id;
        door?: string;
        whole?: string;
        floor: number;
        notes?: string;
        access?: {
          cannot_read?: boolean;
          cannot_hear?: boolean;
          cannot_see?: boolean;
          language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
        };
        door_check?: string;
        parcels: Array<{
          id: Id;
          code: string;
          class: "meal" | "fresh" | "parcel";
          goods: "takeaway" | "courier" | "produce" | "daily";
          state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
          number: number;
          of: number;
          weight_g: number;
        }>;
      }>;
      receipts: Array<string>;
      expires_at?: Instant;
    };
  };
  /** Say what happened at a door */
  "POST /api/v1/run/actions": {
    request: {
      key: string;
      kind: "take" | "delivered" | "not_delivered" | "old_bag" | "wrong" | "moved" | "undo";
      household?: Id;
      parcels?: Array<Id>;
      at?: Instant;
      reason?: "no_answer" | "refused" | "missing" | "wrong_door" | "damaged" | "household_left" | "in_hospital" | "nobody_knows" | "asked_later" | "not_reached" | "other";
      code?: string;
      undoes?: string;
    };
    response: {
      key: string;
      again: boolean;
      recorded_at: Instant;
      run: "planned" | "out" | "done" | "cancelled";
    };
  };
  /** Keep a picture of goods at a door */
  "POST /api/v1/run/photos": {
    request: {
      household: Id;
      key: string;
    };
    response: {
      id: Id;
      again: boolean;
    };
  };
  /** List the runs of today */
  "GET /api/v1/runs": {
    request: {
      open?: boolean;
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        id: Id;
        state: "planned" | "out" | "done" | "cancelled";
        carrier: Id;
        carrier_name: string;
        helper_name: string;
        building: string;
        entrance: string;
        doors: number;
        parcels: number;
        done: number;
        held: number;
        weight_g: number;
        helpers: number;
        flights: number;
        version: number;
        leave: Instant;
        due: Instant;
        left_at?: Instant;
        opened_at?: Instant;
        absent: boolean;
      }>;
      next?: string;
    };
  };
  /** Send runs out */
  "POST /api/v1/runs": {
    request: {
      runs: Array<{
        carrier: Id;
        parcels: Array<Id>;
        leave?: Instant;
        flights?: number;
        helpers?: number;
        helper?: Id;
      }>;
    };
    response: {
      runs: Array<Id>;
    };
  };
  /** Draft who carries what */
  "POST /api/v1/runs/draft": {
    request: {
      class?: "meal" | "fresh" | "parcel";
      carriers?: Array<Id>;
      seed?: number;
    };
    response: {
      runs: Array<{
        carrier: Id;
        carrier_name: string;
        building: string;
        entrance: string;
        leave: Instant;
        until: Instant;
        flights: number;
        weight_g: number;
        helpers: number;
        helper?: Id;
        helper_name: string;
        stops: Array<{
          household: Id;
          door?: string;
          floor: number;
          at: Instant;
          two_people: boolean;
          parcels: Array<Id>;
        }>;
      }>;
      left_out: Array<{
        reason: string;
        stop: {
          household: Id;
          door?: string;
          floor: number;
          at: Instant;
          two_people: boolean;
          parcels: Array<Id>;
        };
      }>;
      gaps: Array<{
        building: Id;
        name: string;
        parcels: number;
      }>;
      parcels: number;
      carriers: number;
      flights: number;
      arrival_order_flights: number;
      idle: boolean;
    };
  };
  /** One run, door by door */
  "GET /api/v1/runs/{run}": {
    request: {
      run: Id;
    };
    response: {
      id: Id;
      state: "planned" | "out" | "done" | "cancelled";
      community: string;
      zone: string;
      carrier_name: string;
      helper_name: string;
      building: string;
      entrance: string;
      from: string;
      leave: Instant;
      due: Instant;
      now: Instant;
      epoch: string;
      helpers: number;
      version: number;
      duty_phone: string;
      emergency_phone: string;
      stops: Array<{
        household: Id;
        door?: string;
        whole?: string;
        floor: number;
        notes?: string;
        access?: {
          cannot_read?: boolean;
          cannot_hear?: boolean;
          cannot_see?: boolean;
          language?: "cmn" | "yue" | "hak" | "nan" | "wuu" | "hsn" | "gan" | "cdo" | "iii" | "bod" | "uig" | "mon" | "kor" | "eng" | "jpn" | "rus" | "fra" | "ara" | "vie" | "csl" | "other";
        };
        door_check?: string;
        parcels: Array<{
          id: Id;
          code: string;
          class: "meal" | "fresh" | "parcel";
          goods: "takeaway" | "courier" | "produce" | "daily";
          state: "expected" | "at_checkpoint" | "received" | "disinfected" | "sorted" | "out" | "delivered" | "held" | "returned" | "lost" | "cancelled";
          number: number;
          of: number;
          weight_g: number;
        }>;
      }>;
      receipts: Array<string>;
      expires_at?: Instant;
    };
  };
  /** Key in a line of a printed run sheet */
  "POST /api/v1/runs/{run}/actions": {
    request: {
      run: Id;
      key: string;
      kind: "take" | "delivered" | "not_delivered" | "old_bag" | "wrong" | "moved" | "undo";
      household?: Id;
      parcels?: Array<Id>;
      at?: Instant;
      reason?: "no_answer" | "refused" | "missing" | "wrong_door" | "damaged" | "household_left" | "in_hospital" | "nobody_knows" | "asked_later" | "not_reached" | "other";
      code?: string;
      undoes?: string;
    };
    response: {
      key: string;
      again: boolean;
      recorded_at: Instant;
      run: "planned" | "out" | "done" | "cancelled";
    };
  };
  /** Take back a run that has not left */
  "POST /api/v1/runs/{run}/cancel": {
    request: {
      run: Id;
      version: number;
    };
    response: {
    };
  };
  /** Make the link that opens a run on a phone */
  "POST /api/v1/runs/{run}/link": {
    request: {
      run: Id;
    };
    response: {
      url: string;
      token: string;
      expires_at: Instant;
      qr: Array<string>;
    };
  };
  /** End every link of a run */
  "POST /api/v1/runs/{run}/link/revoke": {
    request: {
      run: Id;
    };
    response: {
    };
  };
  /** Give a run, or a part of it, to somebody else */
  "POST /api/v1/runs/{run}/reassign": {
    request: {
      run: Id;
      carrier: Id;
      version: number;
      parcels?: Array<Id>;
    };
    response: {
      run: Id;
      version: number;
    };
  };
  /** Every step of one run */
  "GET /api/v1/runs/{run}/timeline": {
    request: {
      run: Id;
    };
    response: {
      id: Id;
      state: "planned" | "out" | "done" | "cancelled";
      left_at?: Instant;
      closed_at?: Instant;
      events: Array<{
        at: Instant;
        recorded_at: Instant;
        step: "expected" | "arrived" | "received" | "disinfected" | "sorted" | "handed_over" | "assigned" | "unassigned" | "out" | "delivered" | "proved" | "undone" | "moved" | "held" | "resumed" | "returned" | "lost" | "cancelled" | "edited" | "picked_up";
        parcel: Id;
        code: string;
        door?: string;
        by: string;
        counterpart?: string;
        reason?: string;
      }>;
    };
  };
  /** Search by door, name, pinyin or phone */
  "POST /api/v1/search": {
    request: {
      text: string;
    };
    response: {
      rows: Array<{
        kind: "building" | "dwelling" | "household" | "person";
        id: string;
        dwelling?: Id;
        household?: Id;
        title?: string;
        subtitle?: string;
      }>;
    };
  };
  /** Who is signed in */
  "GET /api/v1/session": {
    request: {
    };
    response: {
      account: {
        id: Id;
        name: string;
        login: string;
      };
      community: {
        id: Id;
        name: string;
        zone: string;
        control: boolean;
        care_windows: boolean;
      };
      roles: Array<string>;
      today: Day;
      now: Instant;
      demo: boolean;
      reach: "desk" | "local" | "public";
      openings: Array<{
        id: Id;
        dwelling: Id;
        door: string;
        until: Instant;
      }>;
    };
  };
  /** Sign in */
  "POST /api/v1/session": {
    request: {
      login: string;
      password: string;
      code?: string;
      device?: string;
    };
    response: {
      ok: boolean;
    };
  };
  /** Sign out */
  "DELETE /api/v1/session": {
    request: {
    };
    response: {
      ok: boolean;
    };
  };
  /** A session with a PIN stays awake, or sleeps */
  "POST /api/v1/session/awake": {
    request: {
      awake: boolean;
    };
    response: {
      ok: boolean;
    };
  };
  /** Sign in with a passkey */
  "POST /api/v1/session/passkey": {
    request: {
      challenge: string;
      credential: string;
      client_data: string;
      authenticator_data: string;
      signature: string;
      device?: string;
    };
    response: {
      ok: boolean;
    };
  };
  /** What a browser is asked that signs in with a passkey */
  "POST /api/v1/session/passkey/begin": {
    request: {
    };
    response: {
      challenge: string;
      domain: string;
    };
  };
  /** Show the code that signs a phone in */
  "POST /api/v1/session/phone": {
    request: {
    };
    response: {
      token: string;
      url: string;
      ends_at: Instant;
    };
  };
  /** A phone opens the code of a desk */
  "POST /api/v1/session/phone/claim": {
    request: {
      token: string;
      device?: string;
    };
    response: {
      claim: string;
      number: number;
    };
  };
  /** Type the number that the phone shows */
  "POST /api/v1/session/phone/confirm": {
    request: {
      token: string;
      number: number;
    };
    response: {
      ok: boolean;
    };
  };
  /** A phone asks whether it is signed in */
  "POST /api/v1/session/phone/enter": {
    request: {
      claim: string;
    };
    response: {
      ok: boolean;
    };
  };
  /** How far a phone is */
  "POST /api/v1/session/phone/watch": {
    request: {
      token: string;
    };
    response: {
      state: "waiting" | "claimed" | "confirmed" | "over";
      device: string;
      entered: boolean;
    };
  };
  /** Set the PIN of this session */
  "POST /api/v1/session/pin": {
    request: {
      pin?: string;
      minutes?: number;
    };
    response: {
      ok: boolean;
    };
  };
  /** Wake a session by its PIN */
  "POST /api/v1/session/unlock": {
    request: {
      pin: string;
    };
    response: {
      minutes: number;
    };
  };
  /** One's own open sessions */
  "GET /api/v1/sessions": {
    request: {
    };
    response: {
      recovery_left: number;
      passkeys_work: boolean;
      passkeys: Array<{
        id: Id;
        device: string;
        created_at: Instant;
        last_used_at?: Instant;
      }>;
      rows: Array<{
        id: string;
        way: string;
        device: string;
        created_at: Instant;
        expires_at: Instant;
        current: boolean;
        pin: boolean;
      }>;
    };
  };
  /** End one's own sessions */
  "POST /api/v1/sessions/end": {
    request: {
      id?: string;
    };
    response: {
      ended: number;
    };
  };
  /** Set up the first community */
  "POST /api/v1/setup": {
    request: {
      token: string;
      community_name: string;
      zone?: string;
      name: string;
      login: string;
      password: string;
      reach?: "desk" | "local" | "public";
    };
    response: {
      login: string;
      totp_secret: string;
      totp_uri: string;
      totp_qr: Array<string>;
    };
  };
  /** Confirm the first one-time code of the set-up */
  "POST /api/v1/setup/confirm": {
    request: {
      token: string;
      code: string;
    };
    response: {
      ok: boolean;
    };
  };
  /** Shifts that run or are still to come */
  "GET /api/v1/shifts": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        account: Id;
        name: string;
        role: string;
        place_name: string;
        from: Instant;
        until: Instant;
      }>;
    };
  };
  /** Put someone on duty */
  "POST /api/v1/shifts": {
    request: {
      account: Id;
      role: string;
      place?: Id;
      from: Instant;
      until: Instant;
    };
    response: {
      id: Id;
    };
  };
  /** Shops nearby, and which are open now */
  "GET /api/v1/shops": {
    request: {
      kind?: string;
      open?: boolean;
    };
    response: {
      open_now: number;
      rows: Array<{
        id: Id;
        name: string;
        kind: string;
        phone: string;
        place: string;
        opens: number;
        closes: number;
        closed: boolean;
        open_now: boolean;
      }>;
    };
  };
  /** Say when a shop nearby is open */
  "POST /api/v1/shops": {
    request: {
      name: string;
      kind: string;
      phone?: string;
      place?: string;
      opens: number;
      closes: number;
      closed?: boolean;
    };
    response: {
      id: Id;
    };
  };
  /** List the shuttles of today */
  "GET /api/v1/shuttles": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        state: "planned" | "out" | "done" | "cancelled";
        carrier: Id;
        carrier_name: string;
        leave: Instant;
        metres: number;
        grams: number;
        version: number;
        stops: Array<{
          position: number;
          kind: "pickup" | "drop";
          name: string;
          then?: Id;
          then_name: string;
          at: Instant;
          done_at?: Instant;
          done_by: string;
          bags: Array<{
            parcel: Id;
            code: string;
            state: "planned" | "taken" | "dropped" | "missing" | "cancelled";
          }>;
        }>;
      }>;
      sites: Array<{
        id: Id;
        kind: "checkpoint" | "workstation" | "drop_point" | "shop";
        name: string;
        outside: boolean;
        east_m: number;
        north_m: number;
      }>;
    };
  };
  /** Send shuttles out */
  "POST /api/v1/shuttles": {
    request: {
      shuttles: Array<{
        carrier: Id;
        leave?: Instant;
        stops: Array<{
          kind: "pickup" | "drop";
          point: Id;
          then?: Id;
          name?: string;
          at?: Instant;
          parcels: Array<Id>;
        }>;
      }>;
    };
    response: {
      shuttles: Array<Id>;
    };
  };
  /** Plan a shuttle */
  "POST /api/v1/shuttles/draft": {
    request: {
      loads: Array<{
        shop: Id;
        point: Id;
        parcels: Array<Id>;
      }>;
      carriers?: Array<Id>;
    };
    response: {
      shuttles: Array<{
        carrier: Id;
        carrier_name: string;
        leave: Instant;
        back: Instant;
        metres: number;
        grams: number;
        stops: Array<{
          kind: "pickup" | "drop";
          point: Id;
          then?: Id;
          name?: string;
          at?: Instant;
          parcels: Array<Id>;
        }>;
      }>;
      left_out: Array<Id>;
    };
  };
  /** Take a shuttle back */
  "POST /api/v1/shuttles/{shuttle}/cancel": {
    request: {
      shuttle: Id;
      version: number;
    };
    response: {
    };
  };
  /** Say that a shuttle's stop is made */
  "POST /api/v1/shuttles/{shuttle}/stops/{position}": {
    request: {
      shuttle: Id;
      position: number;
      missing?: Array<Id>;
    };
    response: {
      again: boolean;
      parcels: number;
      state: "planned" | "out" | "done" | "cancelled";
    };
  };
  /** What the sign-in page needs */
  "GET /api/v1/status": {
    request: {
    };
    response: {
      setup_needed: boolean;
      demo: boolean;
      version: string;
      demo_login?: {
        login: string;
        password: string;
      };
    };
  };
  /** What is in the community's store */
  "GET /api/v1/stock": {
    request: {
    };
    response: {
      items: Array<{
        item: string;
        in_store: number;
        issued: number;
      }>;
      kits: Array<{
        id: Id;
        name: string;
        parts: Array<string>;
        possible: number;
      }>;
    };
  };
  /** Goods of the community arrived, or are lost */
  "POST /api/v1/stock": {
    request: {
      item: string;
      qty: number;
      note?: string;
    };
    response: {
      id: Id;
      in_store: number;
    };
  };
  /** The supplier answers one of its lines */
  "POST /api/v1/supplier/answer": {
    request: {
      token: string;
      line: Id;
      answer: "open" | "accepted" | "replaced" | "out_of_stock";
      supplied?: number;
      instead?: string;
    };
    response: {
    };
  };
  /** The supplier's own lines */
  "POST /api/v1/supplier/sheet": {
    request: {
      token: string;
    };
    response: {
      supplier: string;
      community: string;
      zone: string;
      sheets: Array<{
        cycle: Id;
        drop_from: Instant;
        drop_until: Instant;
        lines: Array<{
          id: Id;
          good: string;
          unit: string;
          qty: number;
          orders: number;
          price_fen?: number;
          answer: "open" | "accepted" | "replaced" | "out_of_stock";
          supplied?: number;
          instead: string;
        }>;
      }>;
    };
  };
  /** List who sells and for how much */
  "GET /api/v1/suppliers": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        name: string;
        links: number;
        prices: Array<{
          good: string;
          unit: string;
          price_fen: number;
          market_fen?: number;
        }>;
      }>;
    };
  };
  /** Add somebody who sells */
  "POST /api/v1/suppliers": {
    request: {
      name: string;
    };
    response: {
      id: Id;
    };
  };
  /** Give a supplier the link to its own page */
  "POST /api/v1/suppliers/{supplier}/links": {
    request: {
      supplier: Id;
    };
    response: {
      id: Id;
      token: string;
    };
  };
  /** Say what a good costs */
  "POST /api/v1/suppliers/{supplier}/prices": {
    request: {
      supplier: Id;
      good: string;
      unit: string;
      price_fen: number;
      market_fen?: number;
    };
    response: {
      good: string;
      unit: string;
      price_fen: number;
    };
  };
  /** Whose food does not last */
  "GET /api/v1/supplies": {
    request: {
      days?: number;
    };
    response: {
      days: number;
      rows: Array<{
        household: Id;
        door?: string;
        food_days: number;
        asked_at: Instant;
        task: boolean;
        owner_name: string;
      }>;
      never_asked: number;
    };
  };
  /** Say how long food will last */
  "POST /api/v1/supplies": {
    request: {
      household?: Id;
      food_days: number;
    };
    response: {
      until: Day;
      task: boolean;
    };
  };
  /** Who is thought to have gone out */
  "GET /api/v1/suspicions": {
    request: {
      cursor?: string;
      limit?: number;
      open?: boolean;
      household?: Id;
    };
    response: {
      rows: Array<{
        id: Id;
        household: Id;
        dwelling: Id;
        door?: string;
        person?: Id;
        name?: string;
        evidence?: "door_seal" | "sensor" | "patrol" | "neighbour" | "gate" | "other";
        words?: string;
        seen_at: Instant;
        state?: "asked" | "answered" | "decided" | "objected" | "upheld" | "overturned" | "withdrawn";
        counts?: boolean;
        recorded_at: Instant;
        recorded_by?: string;
        own: boolean;
        account_due: Instant;
        account_at?: Instant;
        account_kind?: "stayed" | "parcel" | "rubbish" | "told" | "fire" | "illness" | "danger" | "other";
        account_channel?: "page" | "phone" | "paper" | "door";
        account?: string;
        verdict?: "went_out" | "emergency_exit" | "delivery" | "rubbish" | "told" | "unfounded";
        verdict_at?: Instant;
        verdict_by?: string;
        own_verdict: boolean;
        without_account: boolean;
        why?: string;
        objected_at?: Instant;
        objection_channel?: "page" | "phone" | "paper" | "door";
        objection_due?: Instant;
        objection?: string;
        settled_at?: Instant;
        settled_by?: string;
        answer?: string;
      }>;
      next?: string;
    };
  };
  /** What became of those who were thought to have gone out */
  "GET /api/v1/suspicions/counts": {
    request: {
      place?: Id;
    };
    response: {
      all: number;
      waiting: number;
      went_out: number;
      objected: number;
      emergency_exit: number;
      explained: number;
      taken_back: number;
    };
  };
  /** Say what one's own account is */
  "POST /api/v1/suspicions/{suspicion}/account": {
    request: {
      suspicion: Id;
      kind: "stayed" | "parcel" | "rubbish" | "told" | "fire" | "illness" | "danger" | "other";
      channel?: "page" | "phone" | "paper" | "door";
      words?: string;
    };
    response: {
      state: "asked" | "answered" | "decided" | "objected" | "upheld" | "overturned" | "withdrawn";
    };
  };
  /** Decide as the second person whether somebody went out */
  "POST /api/v1/suspicions/{suspicion}/decide": {
    request: {
      suspicion: Id;
      verdict: "went_out" | "emergency_exit" | "delivery" | "rubbish" | "told" | "unfounded";
      why?: string;
    };
    response: {
      without_account: boolean;
    };
  };
  /** Object to a verdict */
  "POST /api/v1/suspicions/{suspicion}/object": {
    request: {
      suspicion: Id;
      channel?: "page" | "phone" | "paper" | "door";
      words: string;
    };
    response: {
      due: Instant;
    };
  };
  /** Say what becomes of an objection */
  "POST /api/v1/suspicions/{suspicion}/settle": {
    request: {
      suspicion: Id;
      upheld: boolean;
      words: string;
    };
    response: {
    };
  };
  /** Take a suspicion or its verdict back */
  "POST /api/v1/suspicions/{suspicion}/withdraw": {
    request: {
      suspicion: Id;
      words: string;
    };
    response: {
    };
  };
  /** Groups with people and buildings */
  "GET /api/v1/teams": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        name: string;
        leader: {
          id: Id;
          name: string;
        };
        members: Array<{
          id: Id;
          name: string;
        }>;
        buildings: Array<{
          id: Id;
          name: string;
        }>;
      }>;
    };
  };
  /** Make a group with a leader and members */
  "POST /api/v1/teams": {
    request: {
      name: string;
      leader: Id;
      members: Array<Id>;
    };
    response: {
      id: Id;
    };
  };
  /** A group takes over a building */
  "POST /api/v1/teams/{team}/buildings": {
    request: {
      team: Id;
      place: Id;
    };
    response: {
    };
  };
  /** What is left today */
  "GET /api/v1/today": {
    request: {
    };
    response: {
      seq: number;
      as_of: Instant;
      day: Day;
      community: string;
      households: number;
      not_reported: {
        left: number;
        due: number;
        overdue: boolean;
        minutes_left: number;
        window: {
          name: string;
          from: Instant;
          until: Instant;
        };
      };
      reported: {
        self: number;
        head: number;
        remote: number;
        voice: number;
        seen: number;
      };
      on_call: Array<{
        account: Id;
        name: string;
        role: string;
        phone: string;
        place_name: string;
        until: Instant;
      }>;
      gaps: {
        buildings_in_no_grid: number;
        buildings_without_team: number;
        households_without_worker: number;
        grids_understaffed: number;
      };
      alarms?: number;
      unwell?: Array<{
        household: Id;
        dwelling: Id;
        door?: string;
        at: Instant;
        seen_at?: Instant;
        seen_by?: string;
        because: "unwell" | "temperature";
        temperature?: number;
      }>;
    };
  };
  /** Who had not reported when the window closed, day by day */
  "GET /api/v1/today/history": {
    request: {
    };
    response: {
      rows: Array<{
        day: Day;
        at: Instant;
        due: number;
        left: number;
      }>;
    };
  };
  /** Who of ours moves to another community */
  "GET /api/v1/transfers": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        person: Id;
        name?: string;
        door?: string;
        community: Id;
        community_name: string;
        state: "offered" | "accepted" | "declined" | "withdrawn";
        offered_at: Instant;
        answered_at?: Instant;
        address?: string;
        note?: string;
      }>;
      communities: Array<{
        id: Id;
        name: string;
      }>;
    };
  };
  /** Take the offer of somebody back */
  "POST /api/v1/transfers/{transfer}/withdraw": {
    request: {
      transfer: Id;
    };
    response: {
    };
  };
  /** Whom the household has named */
  "GET /api/v1/trusted": {
    request: {
      household?: Id;
    };
    response: {
      rows: Array<{
        id: Id;
        name?: string;
        created_at: Instant;
        last_used_at?: Instant;
      }>;
    };
  };
  /** The household names somebody elsewhere */
  "POST /api/v1/trusted": {
    request: {
      household?: Id;
      name: string;
    };
    response: {
      id: Id;
      url: string;
      token: string;
    };
  };
  /** The household takes back whom it named */
  "POST /api/v1/trusted/{link}/revoke": {
    request: {
      link: Id;
    };
    response: {
    };
  };
  /** The community's own words */
  "GET /api/v1/words": {
    request: {
    };
    response: {
      rows: Array<{
        id: Id;
        alias: string;
        canonical: string;
        state: "proposed" | "approved" | "refused";
        times: number;
        proposed_by: string;
        proposed_at: Instant;
        decided_by: string;
      }>;
    };
  };
  /** Say how a word is read */
  "POST /api/v1/words/{word}/decide": {
    request: {
      word: Id;
      approve: boolean;
    };
    response: {
      state: "proposed" | "approved" | "refused";
    };
  };
}
