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
    };
    response: {
      rows: Array<{
        id: Id;
        name: string;
        phone?: string;
        joined: boolean;
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
  /** Say which resident an account's holder is */
  "POST /api/v1/accounts/{account}/person": {
    request: {
      account: Id;
      person?: Id;
    };
    response: {
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
        };
      };
      owners: Array<{
        account?: Id;
        name: string;
        left: number;
      }>;
      rows: Array<{
        reason?: "unwell" | "raised" | "waiting";
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
        persons: number;
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
        care?: boolean;
        state: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
        alarm_open?: boolean;
        people?: Array<{
          id: Id;
          name?: string;
          sex?: string;
          age?: number;
          relation?: string;
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
            person?: Id;
            started_on: Day;
            ends_on: Day;
          }>;
          first_day: Day;
          length_days: number;
          day_number?: number;
          ends_on: Day;
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
      }>;
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
        kind: "checkpoint" | "workstation" | "drop_point";
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
  /** The last metre in figures */
  "GET /api/v1/goods/figures": {
    request: {
      day?: Day;
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
  /** The resident's page */
  "GET /api/v1/home": {
    request: {
    };
    response: {
      community: string;
      zone: string;
      proved: boolean;
      now: Instant;
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
      filter?: "without_worker" | "without_link" | "observed" | "empty" | "care";
      state?: "safe" | "due" | "overdue" | "alarm" | "empty" | "none" | "released";
      worker?: Id;
      q?: string;
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
  /** A household is no longer there */
  "POST /api/v1/households/{household}/end": {
    request: {
      household: Id;
      reason: "moved_away" | "merged" | "entered_in_error";
    };
    response: {
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
      relation?: string;
      phone?: string;
      from_on?: Day;
      same_as?: Id;
      is_new?: boolean;
    };
    response: {
      id?: Id;
      known: boolean;
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
        field?: "compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes";
      }>;
      fields: Array<{
        field: "compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes";
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
      columns: Array<"compound" | "grid" | "building" | "entrance" | "floor" | "door" | "lift" | "floors" | "household" | "name" | "sex" | "id_number" | "born_on" | "phone" | "relation" | "access_notes" | null>;
    };
    response: {
    };
  };
  /** List the rows of an import with what becomes of each */
  "GET /api/v1/imports/{import}/rows": {
    request: {
      import: Id;
      state?: "new" | "changed" | "same" | "invalid" | "applied" | "undone";
      cursor?: string;
      limit?: number;
    };
    response: {
      rows: Array<{
        number: number;
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
      first_day: Day;
      ends_on: Day;
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
    };
  };
  /** End an observation with a reason */
  "POST /api/v1/observations/{observation}/end": {
    request: {
      observation: Id;
      reason: "completed" | "became_case" | "transferred" | "deceased" | "entered_in_error";
      ground?: Id;
    };
    response: {
      letters: Array<string>;
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
        step: "expected" | "arrived" | "received" | "disinfected" | "sorted" | "handed_over" | "assigned" | "unassigned" | "out" | "delivered" | "proved" | "undone" | "moved" | "held" | "resumed" | "returned" | "lost" | "cancelled" | "edited";
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
  /** Change what is known of a person */
  "POST /api/v1/people/{person}": {
    request: {
      person: Id;
      name?: string;
      sex?: "unknown" | "male" | "female";
      born_on?: Day;
      id_number?: string;
    };
    response: {
    };
  };
  /** Somebody no longer lives in a household */
  "POST /api/v1/people/{person}/leave": {
    request: {
      person: Id;
      household?: Id;
      on?: Day;
    };
    response: {
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
    };
    response: {
      rows: Array<{
        household: Id;
        door?: string;
        label?: string;
        url: string;
        token: string;
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
  /** Add a place where goods lie */
  "POST /api/v1/points": {
    request: {
      kind: "checkpoint" | "workstation" | "drop_point";
      name: string;
      place?: Id;
      outside?: boolean;
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
      building: string;
      entrance: string;
      from: string;
      leave: Instant;
      due: Instant;
      now: Instant;
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
        door_code?: string;
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
      building: string;
      entrance: string;
      from: string;
      leave: Instant;
      due: Instant;
      now: Instant;
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
        door_code?: string;
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
      };
      roles: Array<string>;
      today: Day;
      now: Instant;
      demo: boolean;
    };
  };
  /** Sign in */
  "POST /api/v1/session": {
    request: {
      login: string;
      password: string;
      code?: string;
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
  /** Set up the first community */
  "POST /api/v1/setup": {
    request: {
      token: string;
      community_name: string;
      zone?: string;
      name: string;
      login: string;
      password: string;
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
}
