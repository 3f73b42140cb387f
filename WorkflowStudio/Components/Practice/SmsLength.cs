namespace WorkflowStudio.Components.Practice;

/// <summary>How many SMS a text takes (3GPP TS 23.038 and 23.040): 160 characters of the GSM alphabet or 70 others; less in each when it needs several.</summary>
internal static class SmsLength
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "^{}\\[~]|€";

    /// <summary>The number of parts, at least 1.</summary>
    public static int Parts(string text)
    {
        var gsm = text.All(c => Basic.Contains(c, StringComparison.Ordinal) || Extended.Contains(c, StringComparison.Ordinal));
        var units = gsm ? text.Length + text.Count(c => Extended.Contains(c, StringComparison.Ordinal)) : text.Length;
        var (single, several) = gsm ? (160, 153) : (70, 67);
        return units <= single ? 1 : (units + several - 1) / several;
    }
}
