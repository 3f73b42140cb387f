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
        [("trigger", "first"), ("first", "left"), ("first", "flaky"), ("first", "wait"), ("left", "last"), ("flaky", "last"), ("wait", "last")]);

    /// <summary>One call that takes its time, and one behind it.</summary>
    public static string Slow(string host) => Graph("Slow", "webhook", [Call("slow", host), Call("after", host)], [("trigger", "slow"), ("slow", "after")]);

    /// <summary>One call under a step of this id.</summary>
    public static string Single(string step, string host) => Graph(step, "webhook", [Call(step, host)], [("trigger", step)]);

    private static string Call(string step, string host, string more = "") =>
        $$$"""{"id":"{{{step}}}","type":"http_request","name":"{{{step}}}","config":{"method":"POST","url":"http://{{{host}}}/effect/{{{step}}}","body":{"n":"{{ $initialPayload.start }}"}}{{{more}}}}""";

    private static string Graph(string name, string trigger, string[] nodes, (string From, string To)[] links)
    {
        var lines = links.Select(l => $$"""{"from":"{{l.From}}","to":"{{l.To}}"}""");
        return $$"""
            {"name":"{{name}}","status":"active","trigger":{"type":"{{trigger}}","event":"start","config":{} },
            "nodes":[{{string.Join(',', nodes)}}],"link_connections":[{{string.Join(',', lines)}}] }
            """;
    }
}
