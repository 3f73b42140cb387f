namespace WorkflowStudio.E2E.Crash;

/// <summary>The workflows of the harness: calls to the ledger one after the other and side by side, a retry, a wait, a join.</summary>
internal static class CrashWorkflow
{
    /// <summary>Two calls, a call that fails at first and a wait side by side, then a join.</summary>
    public static string Mixed(string host) => Graph(
        "Mixed", "webhook",
        [
            Call("first", host), Call("left", host), Call("flaky", host, ""","retry":{"attempts":20,"delay":"PT1S"}"""),
            """{"id":"wait","type":"google_reviews_sms","name":"wait","config":{"delay_after_appointment_hours":0,"google_place_id":"p","message_template":"Thank you."}}""",
            Call("last", host),
        ],
        [("trigger", "first"), ("first", "left"), ("first", "flaky"), ("first", "wait"), ("left", "last"), ("flaky", "last"),
            ("wait", "last")]);

    /// <summary>
    /// A call for each of three items, a run of another workflow that is waited for, an event that is waited for, and a call at the end.
    /// </summary>
    /// <param name="host">The ledger.</param>
    /// <param name="child">The workflow that is started, see <see cref="Child"/>.</param>
    public static string Listed(string host, string child) => Graph(
        "Listed", "webhook",
        [
            """{"id":"each","type":"for_each","name":"each","config":{"items":[1,2,3],"concurrency":2,"collect":"{{ $index }}"}}""",
            Call("item", host),
            $$$"""{"id":"call","type":"sub_workflow","name":"call","config":{"workflow":"{{{child}}}","payload":{"n":"{{ $initialPayload.start }}"},"wait":true}}""",
            $$$"""{"id":"go","type":"wait_for_event","name":"go","config":{"event":"{{{Event}}}","match":{"==":[{"var":"data.start"},"{{ $initialPayload.start }}"]},"timeout":"1 day"}}""",
            Call("end", host),
        ],
        [("trigger", "each"), ("each.each", "item"), ("each.done", "call"), ("call", "go"), ("go.received", "end")]);

    /// <summary>The event that <see cref="Listed"/> waits for.</summary>
    public const string Event = "crash.go";

    /// <summary>What <see cref="Listed"/> starts: one call.</summary>
    public static string Child(string host) => Graph("Child", "webhook",
        [Call("inner", host).Replace("$initialPayload.start", "$initialPayload.n", StringComparison.Ordinal)], [("trigger", "inner")]);

    /// <summary>A call, a sleep that nobody sits out, and a call behind it.</summary>
    public static string Napping(string host) => Graph(
        "Napping", "webhook", [Call("before", host),
            """{"id":"nap","type":"wait","name":"nap","config":{"mode":"for","for":"3000 days"}}""", Call("behind", host)],
        [("trigger", "before"), ("before", "nap"), ("nap", "behind")]);

    /// <summary>One call every minute; every minute that was missed is made up for.</summary>
    public static string Timed(string host) => Graph(
        "Timed", "schedule",
        [Call("tick", host).Replace("$initialPayload.start", "$initialPayload.scheduled_at", StringComparison.Ordinal)],
        [("trigger", "tick")],
        """{"cron":"* * * * *","misfire":"all"}""");

    /// <summary>One call that takes its time, and one behind it.</summary>
    public static string Slow(string host) =>
        Graph("Slow", "webhook", [Call("slow", host), Call("after", host)], [("trigger", "slow"), ("slow", "after")]);

    /// <summary>One call under a step of this id.</summary>
    public static string Single(string step, string host) => Graph(step, "webhook", [Call(step, host)], [("trigger", step)]);

    private static string Call(string step, string host, string more = "") =>
        $$$"""{"id":"{{{step}}}","type":"http_request","name":"{{{step}}}","config":{"method":"POST","url":"http://{{{host}}}/effect/{{{step}}}","body":{"n":"{{ $initialPayload.start }}"}}{{{more}}}}""";

    private static string Graph(string name, string trigger, string[] nodes, (string From, string To)[] links, string config = "{}")
    {
        var lines = links.Select(l => l.From.Split('.') is [var from, var port]
            ? $$"""{"from":"{{from}}","from_port":"{{port}}","to":"{{l.To}}"}"""
            : $$"""{"from":"{{l.From}}","to":"{{l.To}}"}""");
        return $$"""
            {"name":"{{name}}","status":"active","trigger":{"type":"{{trigger}}","event":"start","config":{{config}} },
            "nodes":[{{string.Join(',', nodes)}}],"link_connections":[{{string.Join(',', lines)}}] }
            """;
    }
}
