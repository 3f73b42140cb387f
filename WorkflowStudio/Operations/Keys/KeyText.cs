using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations.Keys;

/// <summary>How keys look: <c>sk_live_</c> or <c>sk_test_</c> and 256 random bits in base 62.</summary>
internal static class KeyText
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 43; // 62^43 > 2^256
    private const int MaxLength = 100;

    public static string New(StudioEnvironment environment)
    {
        var number = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true);
        var digits = new char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            digits[i] = Digits[(int)digit];
        }

        return (environment == StudioEnvironment.Live ? "sk_live_" : "sk_test_") + new string(digits);
    }

    public static bool LooksRight(string text) => text.Length is > 8 and <= MaxLength
        && (text.StartsWith("sk_live_", StringComparison.Ordinal) || text.StartsWith("sk_test_", StringComparison.Ordinal));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
