package charts

// fontSums are the SHA-256 sums of the embedded fonts.
var fontSums = map[string]string{
	"Inter-Medium":            "6cf25d667e0653cc42085e969f2c604d0d0edf117bb1d2d347b13b52a7b1f9d8",
	"Inter-SemiBold":          "9989b70abdf091ba73cae07ed5206f13bf029a17188d1b5b21c2fc7d764abfb4",
	"InterDisplay-Bold":       "ba03894f7c05cf25a84ef15bb92fa1fd84f3cb2c43704738f11ada375ed6bd30",
	"InterDisplay-ExtraBold":  "c55eda5f1ca7a45bd0155e649d030cf70b179acf98e8b01e95cf1e3e9d9602c2",
	"NotoSansArabic-Bold":     "ded6fc7359ca36d15d7aab9ef0c066e21ce48b26a069994d6602fa2cb9a1b952",
	"NotoSansDevanagari-Bold": "77ad688cfe1dc55185bf4edb4db3c614202c65dd23a1463ad0e23fc52bcc9a5c",
	"NotoSansHebrew-Bold":     "d3b01343f71e8a93fffb84c345a1aecbaf4694b98d0eaace916cb9eac9e6dcd3",
	"NotoSansThai-Bold":       "97bbc8ea98328325285f2f552228c7aac1db39d8f38f0096a61ba7df1f1f780e",
}
