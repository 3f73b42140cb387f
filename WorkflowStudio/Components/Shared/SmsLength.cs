namespace WorkflowStudio.Components.Shared;

/// <summary>
/// How many short messages a text takes (3GPP TS 23.038 and 23.040): 160 characters of the basic alphabet, or 70 as soon as one is outside
/// of it; fewer in each when it needs several.
/// </summary>
internal static class SmsLength
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ "
        + "!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "^{}\\[~]|€";

    /// <summary>The number of messages, at least 1.</summary>
    public static int Messages(string text)
    {
        var isBasic = text.All(c => Basic.Contains(c, StringComparison.Ordinal) || Extended.Contains(c, StringComparison.Ordinal));
        var units = isBasic ? text.Sum(c => Extended.Contains(c, StringComparison.Ordinal) ? 2 : 1) : text.Length;
        var (one, many) = isBasic ? (160, 153) : (70, 67);
        return units <= one ? 1 : (units + many - 1) / many;
    }
}
