using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WorkflowStudio.Limits;

/// <summary>How much one party may ask of this node. The presets are sizes that honest work does not meet.</summary>
internal sealed record StudioLimits
{
    /// <summary>The variables that change them.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "STUDIO_LIMIT_SIGN_INS", "STUDIO_LIMIT_KEY", "STUDIO_LIMIT_WEBHOOK", "STUDIO_LIMIT_CONNECTIONS", "STUDIO_LIMIT_STREAMS",
        "STUDIO_LIMIT_ANSWERS", "STUDIO_LIMIT_SENDER", "STUDIO_LIMIT_DOCUMENTS", "STUDIO_LIMIT_SCRIPTS",
        "STUDIO_LIMIT_FORM", "STUDIO_LIMIT_FORM_SENDER",
    ];

    /// <summary>Tries to sign in (and to use a set-up link) a minute from one address. Variable <c>STUDIO_LIMIT_SIGN_INS</c>.</summary>
    public int SignIns { get; init; } = 10;

    /// <summary>Requests a second with one key. Variable <c>STUDIO_LIMIT_KEY</c>.</summary>
    public int Key { get; init; } = 5_000;

    /// <summary>Posts a second to one webhook. Variable <c>STUDIO_LIMIT_WEBHOOK</c>.</summary>
    public int Webhook { get; init; } = 20_000;

    /// <summary>Posts a second from one address, to whichever webhooks. Variable <c>STUDIO_LIMIT_SENDER</c>.</summary>
    public int Sender { get; init; } = 40_000;

    /// <summary>Connections that are open at once, and half as many web sockets. Variable <c>STUDIO_LIMIT_CONNECTIONS</c>.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>
    /// Runs that are followed at once, over event streams and the hub together; a quarter of them by one key or person. Variable
    /// <c>STUDIO_LIMIT_STREAMS</c>.
    /// </summary>
    public int Streams { get; init; } = 2_000;

    /// <summary>
    /// Posts to webhooks that wait for what their run answers at once; a quarter of them for one workflow. Variable
    /// <c>STUDIO_LIMIT_ANSWERS</c>.
    /// </summary>
    public int Answers { get; init; } = 1_000;

    /// <summary>
    /// MiB of documents that a workspace keeps, of both environments; the same on every node. Variable <c>STUDIO_LIMIT_DOCUMENTS</c>.
    /// </summary>
    public int Documents { get; init; } = 5_120;

    /// <summary>The same in bytes.</summary>
    public long DocumentBytes => (long)Documents << 20;

    /// <summary>
    /// Scripts of code steps that run at once, each in a process of its own; one workspace has all but one. Variable
    /// <c>STUDIO_LIMIT_SCRIPTS</c>.
    /// </summary>
    public int Scripts { get; init; } = 2;

    /// <summary>Submissions a minute of one form. Variable <c>STUDIO_LIMIT_FORM</c>.</summary>
    public int Form { get; init; } = 300;

    /// <summary>Submissions a minute from one address, of whichever forms. Variable <c>STUDIO_LIMIT_FORM_SENDER</c>.</summary>
    public int FormSender { get; init; } = 20;

    /// <summary>Reads and checks; false with the reason in one line.</summary>
    public static bool TryRead(IConfiguration from, [NotNullWhen(true)] out StudioLimits? limits, [NotNullWhen(false)] out string? problem)
    {
        (limits, problem) = (new StudioLimits(), null);
        string? wrong = null;
        limits = limits with
        {
            SignIns = Number("STUDIO_LIMIT_SIGN_INS", limits.SignIns),
            Key = Number("STUDIO_LIMIT_KEY", limits.Key),
            Webhook = Number("STUDIO_LIMIT_WEBHOOK", limits.Webhook),
            Sender = Number("STUDIO_LIMIT_SENDER", limits.Sender),
            Connections = Number("STUDIO_LIMIT_CONNECTIONS", limits.Connections),
            Streams = Number("STUDIO_LIMIT_STREAMS", limits.Streams),
            Answers = Number("STUDIO_LIMIT_ANSWERS", limits.Answers),
            Documents = Number("STUDIO_LIMIT_DOCUMENTS", limits.Documents),
            Scripts = Number("STUDIO_LIMIT_SCRIPTS", limits.Scripts),
            Form = Number("STUDIO_LIMIT_FORM", limits.Form),
            FormSender = Number("STUDIO_LIMIT_FORM_SENDER", limits.FormSender),
        };
        problem = wrong;
        return wrong is null;

        int Number(string name, int preset)
        {
            if (from[name] is not { Length: > 0 } text) return preset;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1) return number;
            wrong ??= $"{name} is \"{text}\"; give a whole number from 1, for example {preset.ToString(CultureInfo.InvariantCulture)}.";
            return preset;
        }
    }
}
